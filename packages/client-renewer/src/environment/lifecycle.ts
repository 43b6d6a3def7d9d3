/**
 * What has happened to the page or to the device. `wake`: it may have slept. `offline`: it has lost its
 * network. `online`: it has a network again. May be told more often than needed.
 */
export type LifecycleSignal = 'wake' | 'offline' | 'online'

/** Tells when the device may have slept and whether it has a network. */
export interface Lifecycle {
  /** Calls `listener` from now on, possibly within this call. Returns how to stop. */
  subscribe(listener: (signal: LifecycleSignal) => void): () => void
}

/** Events of the document or of the window. All but the last two say that the page may have slept. */
const EVENTS = ['visibilitychange', 'resume', 'pageshow', 'focus', 'online', 'offline']

/** The lifecycle of a web page, also in Electron. Without a page it never calls its listener. */
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
