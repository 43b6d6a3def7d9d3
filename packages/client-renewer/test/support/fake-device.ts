import type { Lifecycle, LifecycleSignal } from '../../src/index.ts'

/** A device that sleeps, wakes and loses its network when a test says so. */
export interface FakeDevice extends Lifecycle {
  signal(signal: LifecycleSignal): void
  readonly listenerCount: number
}

/** A device that is awake and online. */
export function fakeDevice(): FakeDevice {
  const listeners = new Set<(signal: LifecycleSignal) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    signal(signal) {
      for (const listener of listeners) listener(signal)
    },
    get listenerCount() {
      return listeners.size
    },
  }
}
