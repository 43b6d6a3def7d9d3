/**
 * What happened to the page or the device. `wake`: it may have slept. `offline`: it lost its network. `online`: it
 * has a network again. A signal may repeat.
 */
export type LifecycleSignal = 'wake' | 'offline' | 'online'

/** Reports when the device may have slept, and whether it is online. */
export interface Lifecycle {
  /** Calls `listener` for each signal, perhaps at once. Returns a function that unsubscribes. */
  subscribe(listener: (signal: LifecycleSignal) => void): () => void
}

/** Events of the document or the window. All except the last two mean that the page may have slept. */
const EVENTS = ['visibilitychange', 'resume', 'pageshow', 'focus', 'online', 'offline']

/** Returns the lifecycle of a web page, in browsers and Electron. Outside a page, it never calls its listener. */
export function browserLifecycle(): Lifecycle {
  return { subscribe }
}

function subscribe(listener: (signal: LifecycleSignal) => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const tell = ({ type }: Event) =>
    listener(type === 'online' || type === 'offline' ? type : 'wake')
  const each = (change: 'addEventListener' | 'removeEventListener') => {
    for (const type of EVENTS) {
      document[change](type, tell)
      window[change](type, tell)
    }
  }
  each('addEventListener')
  if (!navigator.onLine) listener('offline')
  return () => each('removeEventListener')
}
