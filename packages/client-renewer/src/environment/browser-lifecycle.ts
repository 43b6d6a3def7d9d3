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
  if (typeof document === 'undefined' || typeof window === 'undefined') return () => {}
  const targets = [document, window]
  const tell = ({ type }: Event) => listener(SIGNALS[type]!)
  for (const target of targets) {
    for (const type of Object.keys(SIGNALS)) target.addEventListener(type, tell)
  }
  if (!navigator.onLine) listener('offline')
  return () => {
    for (const target of targets) {
      for (const type of Object.keys(SIGNALS)) target.removeEventListener(type, tell)
    }
  }
}
