import type { Lifecycle, LifecycleSignal } from './lifecycle.ts'

/** Events of the document or of the window. All but the last two say that the page may have slept. */
const EVENTS = ['visibilitychange', 'resume', 'pageshow', 'focus', 'online', 'offline']

/** The lifecycle of a web page, also in Electron. Where there is no page it never tells anything. */
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
