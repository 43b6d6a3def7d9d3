import { say } from '@rtc-token/client-renewer/wording'
import type { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from '../events.ts'
import type { Notify } from '../token/token-life.ts'

/** Emits an event to the listeners of the app. Never throws. */
export type Emit = <Name extends keyof RenewerEvents>(
  event: Name,
  ...args: EventEmitter.EventArgs<RenewerEvents, Name>
) => void

/**
 * Emits to one listener after the other: one that throws disturbs neither the others nor the renewal nor the
 * SDK.
 */
export function emitSafely(emitter: EventEmitter<RenewerEvents>): Emit {
  return (event, ...args) => {
    for (const listener of emitter.listeners(event)) {
      // Those that listen once.
      emitter.off(event, listener, undefined, true)
      safely(() => listener.apply(emitter, args))
    }
  }
}

/** Calls what is not ours. What it throws is reported like an uncaught error of its own. */
export function safely(call: () => unknown): void {
  try {
    call()
  } catch (error) {
    // oxlint-disable-next-line no-console -- the last resort where the runtime has no reportError
    const report = typeof reportError === 'function' ? reportError : console.error
    report(error)
  }
}

/** Emits a notice of each code once in the life of a renewer. */
export function notifyOnce(emit: Emit): Notify {
  const noticed = new Set<string>()
  return (code, seconds) => {
    if (noticed.has(code)) return
    noticed.add(code)
    // Not before `start` has returned: a listener may answer by leaving.
    void Promise.resolve().then(() => emit('notice', { code, message: say(code, seconds) }))
  }
}
