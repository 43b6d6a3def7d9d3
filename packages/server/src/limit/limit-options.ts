import type { Patience } from '../time/answer-within.ts'
import { FUNCTION, integer, kind, oneOf, optional, readMembers, shown } from '../checks/kind.ts'
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

const LIMITER = optional(
  kind(
    'a limiter, such as memoryLimiter(…),',
    (limiter) => typeof Object(limiter).consume === 'function',
  ),
)
// What callers may give, and then what the handler adds.
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
 * @throws {TypeError} when an option is unknown or of the wrong kind
 */
export function checkLimitOptions(options: LimitGuardOptions): GuardPlan {
  const { perIp, perSubject, perChannel, ...settings } = readMembers(options, WORDING, OPTIONS)
  return { limiters: { ip: perIp, subject: perSubject, channel: perChannel }, settings }
}
