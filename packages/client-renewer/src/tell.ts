import type { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from './events.ts'

/** Tells the app's listeners of something; whatever they throw goes no further. */
export type Tell = <Name extends keyof RenewerEvents>(
  event: Name,
  ...args: EventEmitter.EventArgs<RenewerEvents, Name>
) => void

/** Shows an error as an uncaught one of the listener's own would show, without disturbing anybody else. */
export function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error)
  // oxlint-disable-next-line no-console -- the only place left where somebody may see it
  else console.error(error)
}
