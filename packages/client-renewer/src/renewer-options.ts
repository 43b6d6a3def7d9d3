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

const MAX_TIMER_MS = 2 ** 31 - 1

/** Fills in the defaults. @throws {TypeError} when a value is of no use */
export function toSettings(options: RenewerOptions): Settings {
  const { source, sourceTimeoutMs = 10_000, sdkTimeoutMs = 10_000 } = options
  const { clock = systemClock, random = Math.random } = options
  if (typeof source !== 'function') {
    throw new TypeError(`source: a function expected, got ${typeof source}`)
  }
  for (const [name, ms] of Object.entries({ sourceTimeoutMs, sdkTimeoutMs })) {
    if (ms > 0 && ms <= MAX_TIMER_MS) continue
    throw new TypeError(`${name}: 1 to ${MAX_TIMER_MS} milliseconds expected, got ${ms}`)
  }
  return { source, sourceTimeoutMs, sdkTimeoutMs, clock, random }
}
