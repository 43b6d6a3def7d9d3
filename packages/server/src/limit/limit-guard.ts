import { createFailureReport } from '../errors/fault-report.ts'
import { Refusal } from '../errors/refusal.ts'
import type { LimitWait } from '../time/answer-within.ts'
import { type GuardedAnswer, GuardedLimiter } from './guarded-limiter.ts'
import { limitKey } from './limit-key.ts'
import { checkLimitOptions, type LimitGuardOptions } from './limit-options.ts'
import type { LimitKind } from './rate-limiter.ts'

/** The limits of an endpoint; always answers in time. */
export interface LimitGuard {
  /** Which kinds have a limit; checking another kind returns `undefined`. */
  readonly enabled: Readonly<Record<LimitKind, boolean>>
  /** Whether requests that cannot be counted are refused: `onStoreError` is `'deny'`. */
  readonly isRequired: boolean
  /**
   * Counts a request. Answers synchronously when the limiter does; `undefined` when there is no limit, or when its
   * store failed before reporting one.
   *
   * @param request - the time that it has already waited; default: 0
   * @throws {Refusal} limiter_unavailable when the store fails and `onStoreError` is `'deny'`; thrown or
   *   rejected, depending on the limiter
   */
  check(kind: LimitKind, key: string, request?: LimitWait): GuardedAnswer
  /**
   * Handles a request without a key to count it by: it passes, and `onError` is told at most once a minute.
   *
   * @throws {Refusal} limiter_unavailable when `onStoreError` is `'deny'`
   */
  uncountable(kind: KeyedKind): undefined
  /** Checks every limiter, for readiness; resolves with the kinds whose limiter fails. */
  unreachable(): Promise<readonly LimitKind[]>
}

/** The kinds of limits that need a key in every request. A wish without a channel is not counted by channel. */
type KeyedKind = Exclude<LimitKind, 'channel'>

const NO_KEY: Readonly<Record<KeyedKind, string>> = {
  ip: 'limits.perIp: requests come without an address and cannot be counted; pass { ip } as the second argument of fetch',
  subject:
    'limits.perSubject: subjects come without an id and cannot be counted; give them an id (or sub, or _id) that is a string, an integer, a bigint or an ObjectId',
}
const KINDS = ['ip', 'subject', 'channel'] as const satisfies readonly LimitKind[]

/**
 * Creates the guard of an endpoint.
 *
 * @internal
 * @throws {TypeError} when an option is unknown or of the wrong type
 */
export function createLimitGuard(options: LimitGuardOptions): LimitGuard {
  const { limiters, settings } = checkLimitOptions(options)
  const faults = {
    ip: createFailureReport(settings.onError),
    subject: createFailureReport(settings.onError),
  }
  const guarded = new Map<LimitKind, GuardedLimiter>()
  for (const kind of KINDS) {
    const limiter = limiters[kind]
    if (limiter) guarded.set(kind, new GuardedLimiter(kind, limiter, settings))
  }
  return {
    enabled: {
      ip: guarded.has('ip'),
      subject: guarded.has('subject'),
      channel: guarded.has('channel'),
    },
    isRequired: settings.onStoreError === 'deny',
    check(kind, key, request = { limitWaitMs: 0 }) {
      const limiter = guarded.get(kind)
      return limiter?.consume(limitKey(kind, key, limiter.isLocal), request)
    },
    uncountable(kind) {
      const cause = new Error(NO_KEY[kind])
      if (settings.onStoreError === 'deny') {
        throw new Refusal('limiter_unavailable', undefined, { cause })
      }
      faults[kind].report(cause, settings.clock())
    },
    async unreachable() {
      const asked = [...guarded].map(async ([kind, limiter]) =>
        (await limiter.isReachable()) ? [] : [kind],
      )
      return (await Promise.all(asked)).flat()
    },
  }
}
