import { say } from '@rtc-token/client-renewer/wording'
import type { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from '../events.ts'
import type { Notify } from '../token/token-life.ts'

/** Emits an event to the app's listeners. Never throws. */
export type Emit = <Name extends keyof RenewerEvents>(
  event: Name,
  ...args: EventEmitter.EventArgs<RenewerEvents, Name>
) => void

/**
 * Emits to one listener after the other, so that one that throws affects neither the others, nor the renewal, nor the
 * SDK.
 */
export function emitSafely(emitter: EventEmitter<RenewerEvents>): Emit {
  return (event, ...args) => {
    for (const listener of emitter.listeners(event)) {
      // Removes listeners added by `once`.
      emitter.off(event, listener, undefined, true)
      safely(() => listener.apply(emitter, args))
    }
  }
}

/** Calls code of the app or an adapter, and reports what it throws as an uncaught error. */
export function safely(call: () => unknown): void {
  try {
    call()
  } catch (error) {
    // oxlint-disable-next-line no-console -- the last resort where the runtime has no reportError
    const report = typeof reportError === 'function' ? reportError : console.error
    report(error)
  }
}

/** Emits a notice of each code at most once for each renewer. */
export function notifyOnce(emit: Emit): Notify {
  const noticed = new Set<string>()
  return (code, seconds) => {
    if (noticed.has(code)) return
    noticed.add(code)
    // Only after `start` has returned: a listener may respond by leaving.
    void Promise.resolve().then(() => emit('notice', { code, message: say(code, seconds) }))
  }
}
