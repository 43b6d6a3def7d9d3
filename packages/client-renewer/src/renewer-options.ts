import { checkOptions } from '@rtc-token/client-renewer/wording'
import { type Clock, systemClock } from './environment/clock.ts'
import { browserLifecycle, type Lifecycle } from './environment/lifecycle.ts'
import type { SessionAdapter } from './session-adapter.ts'
import type { TokenSource } from './token-source.ts'

/** The options of `createRenewer`. */
export interface RenewerOptions {
  /** Fetches a token from your server. `httpSource` makes one. */
  readonly source: TokenSource
  /** The time limit of one call of the source, in milliseconds, 1 to 2147483647. Default: 10000. */
  readonly sourceTimeoutMs?: number
  /**
   * The time limit of one call into the SDK, in milliseconds, 1 to 2147483647. Default: 10000. Some adapters
   * require a longer one.
   */
  readonly sdkTimeoutMs?: number
  /**
   * What to do when the token has expired and ended the session. `auto` joins again; `manual` fails with
   * REJOIN_MANUAL, and joins again when you call `renew`. Default: `auto`.
   */
  readonly rejoin?: 'auto' | 'manual'
  /** Reports when the device may have slept, and whether it is online. Default: `browserLifecycle()`. */
  readonly lifecycle?: Lifecycle
  /** Default: `systemClock`. */
  readonly clock?: Clock
  /** Returns a number from 0 up to, but not including, 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number
}

/** Options with every default filled in. */
export type Settings = Required<RenewerOptions>

/** Fills in the defaults. @throws {TypeError} when a value is invalid; not in pages built for production */
export function toSettings(options: RenewerOptions, adapter: SessionAdapter): Settings {
  checkOptions(options, adapter)
  const { source, sourceTimeoutMs = 10_000, rejoin = 'auto', clock = systemClock } = options
  const { lifecycle = browserLifecycle() } = options
  const sdkTimeoutMs = Math.max(options.sdkTimeoutMs ?? 10_000, adapter.sdkTimeoutMs ?? 0)
  return { source, sourceTimeoutMs, sdkTimeoutMs, rejoin, lifecycle, clock, random }

  // Any other value would make the renewer wait for ever, or not at all.
  function random(): number {
    const value = options.random?.()
    return value! >= 0 && value! < 1 ? value! : Math.random()
  }
}
