import type { Patience } from '../time/answer-within.ts'
import { FUNCTION, integer, kind, oneOf, optional, readMembers, shown } from '../checks/kind.ts'
import type { LimitKind, RateLimiter } from './rate-limiter.ts'

/** The limits of an endpoint. Above a limit, the caller gets `rate_limited` (429). Several may share one limiter. */
export interface LimitOptions {
  /** Counts by the caller's address, before authentication. 60 requests a minute is a good start. Default: no limit. */
  readonly perIp?: RateLimiter
  /**
   * Counts by the id of the subject: `id`, else `sub`, else `_id`, else the subject itself. 20 requests a minute is a
   * good start: a join and some reconnects. Default: no limit.
   */
  readonly perSubject?: RateLimiter
  /** Counts by the requested channel. Default: no limit. */
  readonly perChannel?: RateLimiter
  /**
   * What to do while a limiter's store fails. `'allow'`, the default: this process counts on its own, to the same
   * limit, starting from the last state that the store reported for a key. `'deny'`: refuse with
   * `limiter_unavailable`. `'deny'` also refuses requests that cannot be counted, because they have no address or their
   * subject has no id.
   */
  readonly onStoreError?: 'allow' | 'deny'
  /**
   * Milliseconds that a request waits for all its limits together: integer 1 to 60 000. Default 250. Time in which this
   * process was blocked does not count. When the time is used up, further stores are not asked and count as failing.
   */
  readonly timeoutMs?: number
}

/** Options of a guard. */
export interface LimitGuardOptions extends LimitOptions {
  /** Receives the failures of each limit, at most one a minute. */
  readonly onError: (error: unknown) => unknown
  /** Milliseconds since an arbitrary origin. Default `performance.now`. */
  readonly clock?: () => number
}

/** How to handle a limiter that fails; the pause after a missing answer is as long as the time limit. */
export interface GuardSettings extends Patience {
  readonly onStoreError: 'allow' | 'deny'
  readonly onError: (error: unknown) => unknown
}

/** The validated options with defaults filled in. */
export interface GuardPlan {
  readonly limiters: Readonly<Record<LimitKind, RateLimiter | undefined>>
  readonly settings: GuardSettings
}

const LIMITER = optional(
  kind(
    'a limiter, such as memoryLimiter(…),',
    (limiter) => typeof Object(limiter).consume === 'function',
  ),
)
// The options of users, then those that the handler adds.
const LIMITS = {
  perIp: LIMITER,
  perSubject: LIMITER,
  perChannel: LIMITER,
  onStoreError: optional(oneOf('allow', 'deny'), 'allow'),
  timeoutMs: optional(integer(1, 60_000), 250),
}
const OPTIONS = {
  ...LIMITS,
  onError: FUNCTION,
  clock: optional(FUNCTION, () => performance.now()),
}
const WORDING = { whole: 'limits', member: 'limits.', got: shown, names: Object.keys(LIMITS) }

/**
 * Checks the options of a guard and fills in the defaults.
 *
 * @internal
 * @throws {TypeError} when an option is unknown or of the wrong type
 */
export function checkLimitOptions(options: LimitGuardOptions): GuardPlan {
  const { perIp, perSubject, perChannel, ...settings } = readMembers(options, WORDING, OPTIONS)
  return { limiters: { ip: perIp, subject: perSubject, channel: perChannel }, settings }
}
