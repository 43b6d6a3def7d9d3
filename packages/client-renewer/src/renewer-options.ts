import { checkOptions } from '@rtc-token/client-renewer/wording'
import { type Clock, systemClock } from './environment/clock.ts'
import { browserLifecycle, type Lifecycle } from './environment/lifecycle.ts'
import type { SessionAdapter } from './session-adapter.ts'
import type { TokenSource } from './token-source.ts'

/** Where a renewer gets its tokens, and how long it waits. */
export interface RenewerOptions {
  /** Fetches a token from the app's own server. */
  readonly source: TokenSource
  /** How long one call of the source may take, in milliseconds. Default 10 000. */
  readonly sourceTimeoutMs?: number
  /**
   * How long one call into the SDK may take, in milliseconds. Default 10 000; at least what the adapter says
   * that its SDK needs.
   */
  readonly sdkTimeoutMs?: number
  /**
   * What to do when the token has ended the session. `auto`, the default: bring it back. `manual`: fail with
   * REJOIN_MANUAL, and bring it back when the app calls `renew`.
   */
  readonly rejoin?: 'auto' | 'manual'
  /** Tells when the device may have slept, and whether it has a network. Default: `browserLifecycle()`. */
  readonly lifecycle?: Lifecycle
  /** Default: the runtime's clocks and timers. */
  readonly clock?: Clock
  /** Returns a number from 0 up to 1, for jitter. Default `Math.random`. */
  readonly random?: () => number
}

/** Options with every default filled in. */
export type Settings = Required<RenewerOptions>

/** Fills in the defaults. @throws {TypeError} except in pages for production, when a value is invalid */
export function toSettings(options: RenewerOptions, adapter: SessionAdapter): Settings {
  checkOptions(options, adapter)
  const { source, sourceTimeoutMs = 10_000, rejoin = 'auto', clock = systemClock } = options
  const { lifecycle = browserLifecycle() } = options
  const sdkTimeoutMs = Math.max(options.sdkTimeoutMs ?? 10_000, adapter.sdkTimeoutMs ?? 0)
  return { source, sourceTimeoutMs, sdkTimeoutMs, rejoin, lifecycle, clock, random }

  // Anything but a number from 0 up to 1 would end in a wait without end, or in none.
  function random(): number {
    const value = options.random?.()
    return value! >= 0 && value! < 1 ? value! : Math.random()
  }
}
