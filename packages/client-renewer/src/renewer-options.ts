import { type Clock, systemClock } from './environment/clock.ts'
import type { TokenSource } from './token-source.ts'

/** How a renewer gets its tokens and how patient it is. */
export interface RenewerOptions {
  /** Gets tokens from the app's own server. */
  readonly source: TokenSource
  /** How long one call of the source may take, in milliseconds. Default 10 000. */
  readonly sourceTimeoutMs?: number
  /** How long one call into the SDK may take, in milliseconds. Default 10 000. */
  readonly sdkTimeoutMs?: number
  /** Default: the runtime's clocks and timers. */
  readonly clock?: Clock
  /** From 0 up to 1. Default `Math.random`. */
  readonly random?: () => number
}

/** Options with every default filled in. */
export type Settings = Required<RenewerOptions>

/** Fills in the defaults. @throws {TypeError} when a value is of no use */
export function toSettings(options: RenewerOptions): Settings {
  const settings = {
    sourceTimeoutMs: 10_000,
    sdkTimeoutMs: 10_000,
    clock: systemClock,
    random: Math.random,
    ...options,
  }
  if (typeof settings.source !== 'function') {
    throw new TypeError(`source: a function expected, got ${typeof settings.source}`)
  }
  for (const name of ['sourceTimeoutMs', 'sdkTimeoutMs'] as const) {
    if (settings[name] > 0) continue
    throw new TypeError(`${name}: a number of milliseconds above 0 expected, got ${settings[name]}`)
  }
  return settings
}
