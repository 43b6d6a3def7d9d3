import type { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from '../events.ts'

/** Tells the app's listeners of something; whatever they throw goes no further. */
export type Tell = <Name extends keyof RenewerEvents>(
  event: Name,
  ...args: EventEmitter.EventArgs<RenewerEvents, Name>
) => void

/** Tells the listeners of an emitter: one that throws disturbs neither the renewal nor the SDK behind it. */
export function tellThrough(emitter: EventEmitter<RenewerEvents>): Tell {
  return (event, ...args) => {
    try {
      emitter.emit(event, ...args)
    } catch (error) {
      // As an uncaught one of the listener's own would show.
      if (typeof reportError === 'function') reportError(error)
      // oxlint-disable-next-line no-console -- the only place left where somebody may see it
      else console.error(error)
    }
  }
}
