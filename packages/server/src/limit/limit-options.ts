import type { Patience } from '../time/answer-within.ts'
import { requireInteger, shown } from './limiter-options.ts'
import type { LimitKind, RateLimiter } from './rate-limiter.ts'

/** The limits of an endpoint; each is off unless given. One limiter may serve several kinds. */
export interface LimitOptions {
  /** By the caller's address, before anybody is asked who that is. 60 a minute is a good start. */
  readonly perIp?: RateLimiter
  /**
   * By who asks: the subject's `id`, else its `sub`, else its `_id`, else the subject itself. 20 a minute is a
   * good start: a join and some reconnects.
   */
  readonly perSubject?: RateLimiter
  /** By the channel wished. */
  readonly perChannel?: RateLimiter
  /**
   * What to do while a limiter's store fails. `'allow'`, the default: this process counts by
   * itself, to the same limit, from what the store last said of a key. `'deny'`: refuse with `limiter_unavailable`, and so also a request that
   * has nothing to count it by: no address, or a subject without a name.
   */
  readonly onStoreError?: 'allow' | 'deny'
  /**
   * Milliseconds that a request waits for its limits, all of them together: 1 to 60 000. Default 250.
   * Time in which this process stood still does not count. A store that an earlier limit has left no
   * time is not asked, as if it failed.
   */
  readonly timeoutMs?: number
}

/** What a guard is made from. */
export interface LimitGuardOptions extends LimitOptions {
  /** Receives the failures of each limit: its first one, and then at most one a minute. */
  readonly onError: (error: unknown) => unknown
  /** Milliseconds, from any origin. Default `performance.now`. */
  readonly clock?: () => number
}

/** How to live with a limiter that fails; the pause after no answer is as long as the patience. */
export interface GuardSettings extends Patience {
  readonly onStoreError: 'allow' | 'deny'
  readonly onError: (error: unknown) => unknown
}

/** The same, checked and completed. */
export interface GuardPlan {
  readonly limiters: Readonly<Record<LimitKind, RateLimiter | undefined>>
  readonly settings: GuardSettings
}

const NAMES = [
  'perIp',
  'perSubject',
  'perChannel',
  'onStoreError',
  'timeoutMs',
  'onError',
  'clock',
] as const satisfies readonly (keyof LimitGuardOptions)[]
const MAX_TIMEOUT_MS = 60_000

/**
 * Checks the options of a guard and fills in the defaults.
 *
 * @internal
 * @throws {TypeError} when an option is unknown or of the wrong kind
 */
export function checkLimitOptions(options: LimitGuardOptions): GuardPlan {
  requireKnown(options)
  const { perIp, perSubject, perChannel, onError } = options
  const { onStoreError = 'allow', timeoutMs = 250, clock = () => performance.now() } = options
  if (onStoreError !== 'allow' && onStoreError !== 'deny') {
    fail('onStoreError', "'allow' or 'deny'", onStoreError)
  }
  if (typeof onError !== 'function') fail('onError', 'function', onError)
  if (typeof clock !== 'function') fail('clock', 'function', clock)
  requireInteger(timeoutMs, 'limits.timeoutMs', 1, MAX_TIMEOUT_MS)
  return {
    limiters: {
      ip: requireLimiter(perIp, 'perIp'),
      subject: requireLimiter(perSubject, 'perSubject'),
      channel: requireLimiter(perChannel, 'perChannel'),
    },
    settings: { onStoreError, timeoutMs, onError, clock },
  }
}

// A misspelt `perUser` would otherwise be no limit at all.
function requireKnown(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`limits: object expected, got ${shown(options)}`)
  }
  const names: readonly string[] = NAMES
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`limits: only ${NAMES.slice(0, 5).join(', ')} expected, got ${unknown}`)
  }
}

function requireLimiter(limiter: RateLimiter | undefined, what: string): RateLimiter | undefined {
  if (limiter === undefined || typeof limiter?.consume === 'function') return limiter
  return fail(what, 'a limiter, such as memoryLimiter(…),', limiter)
}

function fail(what: string, expected: string, got: unknown): never {
  throw new TypeError(`limits.${what}: ${expected} expected, got ${shown(got)}`)
}
