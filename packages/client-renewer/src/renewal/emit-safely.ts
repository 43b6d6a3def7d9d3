import type { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from '../events.ts'
import type { Notify } from '../token/token-life.ts'

/** Emits an event to the listeners of the app. Never throws. */
export type Emit = <Name extends keyof RenewerEvents>(
  event: Name,
  ...args: EventEmitter.EventArgs<RenewerEvents, Name>
) => void

/** Emits through an emitter; a listener that throws disturbs neither the renewal nor the SDK. */
export function emitSafely(emitter: EventEmitter<RenewerEvents>): Emit {
  return (event, ...args) => {
    try {
      emitter.emit(event, ...args)
    } catch (error) {
      // Reported like an uncaught error of the listener's own.
      if (typeof reportError === 'function') reportError(error)
      // oxlint-disable-next-line no-console -- the last resort where the runtime has no reportError
      else console.error(error)
    }
  }
}

/** Emits a notice of each code once in the life of a renewer. */
export function notifyOnce(emit: Emit): Notify {
  const noticed = new Set<string>()
  return (code, message) => {
    if (noticed.has(code)) return
    noticed.add(code)
    // Not before `start` has returned: a listener may answer by leaving.
    void Promise.resolve().then(() => emit('notice', { code, message }))
  }
}
