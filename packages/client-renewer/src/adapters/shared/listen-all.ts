/** A listener of one event of an SDK. @internal */
export type Listener = (...args: never[]) => void

/** The part of an SDK's client that tells what happens. @internal */
export interface EventSource {
  on(event: string, listener: Listener): unknown
  off(event: string, listener: Listener): unknown
}

/** Adds a listener for each event. Returns how to remove them all. @internal */
export function listenAll(
  client: EventSource,
  listeners: Readonly<Record<string, Listener>>,
): () => void {
  const entries = Object.entries(listeners)
  for (const [event, listener] of entries) client.on(event, listener)
  return () => {
    for (const [event, listener] of entries) client.off(event, listener)
  }
}
