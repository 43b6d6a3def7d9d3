/** A listener of one event of an SDK. @internal */
export type Listener = (...args: never[]) => void

/** The part of an SDK's client that emits events. @internal */
export interface EventSource {
  on(event: string, listener: Listener): unknown
  off(event: string, listener: Listener): unknown
}

/** Adds a listener for each event. Returns a function that removes them all. @internal */
export function listenAll(
  client: EventSource,
  listeners: Readonly<Record<string, Listener>>,
): () => void {
  const each = (change: 'on' | 'off') => {
    for (const [event, listener] of Object.entries(listeners)) client[change](event, listener)
  }
  const stop = () => each('off')
  try {
    each('on')
  } catch (cause) {
    stop()
    throw cause
  }
  return stop
}
