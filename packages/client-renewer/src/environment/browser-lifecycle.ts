import type { Lifecycle, LifecycleSignal } from './lifecycle.ts'

const SIGNALS: Readonly<Record<string, LifecycleSignal>> = {
  visibilitychange: 'wake',
  resume: 'wake',
  pageshow: 'wake',
  focus: 'wake',
  online: 'online',
  offline: 'offline',
}

/** The lifecycle of a web page, also in Electron. Where there is no page it never tells anything. */
export function browserLifecycle(): Lifecycle {
  return { subscribe }
}

function subscribe(listener: (signal: LifecycleSignal) => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const tell = ({ type }: Event) => listener(SIGNALS[type]!)
  const each = (change: 'addEventListener' | 'removeEventListener') => {
    for (const type of Object.keys(SIGNALS)) {
      document[change](type, tell)
      window[change](type, tell)
    }
  }
  each('addEventListener')
  if (!navigator.onLine) listener('offline')
  return () => each('removeEventListener')
}
