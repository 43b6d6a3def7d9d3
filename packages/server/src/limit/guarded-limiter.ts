import { isThenable } from '../time/deadline.ts'
import { Refusal } from '../errors/refusal.ts'
import { answerWithin, type LimitWait } from '../time/answer-within.ts'
import { Breaker } from './breaker.ts'
import { CountedWindows } from './counted-windows.ts'
import { createFailureReport, type FailureReport } from '../errors/fault-report.ts'
import type { GuardSettings } from './limit-options.ts'
import { checkLimitState } from './limit-state.ts'
import type { LimitKind, LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** `undefined` when the store fails and the limit is unknown: the request passes uncounted. */
export type GuardedAnswer = LimitState | undefined | Promise<LimitState | undefined>

const NO_TIME_LEFT = 'other limits used up the time of the request'
const MAX_KEYS = 100_000
const FRESH_MS = 1000
const OPTION_NAMES = {
  ip: 'perIp',
  subject: 'perSubject',
  channel: 'perChannel',
} as const satisfies Record<LimitKind, string>

/**
 * The store of a limit fails; `cause` says why. `onError` gets this error without a request id, at once and then at
 * most once a minute.
 *
 * @internal
 */
export class LimiterFailure extends Error {
  override readonly name = 'LimiterFailure'
  /** The limit that cannot be counted. */
  readonly limit: LimitKind

  constructor(limit: LimitKind, cause: unknown) {
    super(`limits.${OPTION_NAMES[limit]}: its store fails`, { cause })
    this.limit = limit
  }
}

/**
 * Wraps a limiter so that it always answers in time with a valid state. A limiter that throws, rejects, hangs or
 * returns an invalid state is not called for a while. Until it works again, this process counts on its own, starting
 * from the last state that the limiter reported for a key, or refuses.
 *
 * @internal
 */
export class GuardedLimiter {
  /** Whether keys stay in the memory of this process. */
  readonly isLocal: boolean
  readonly #kind: LimitKind
  readonly #limiter: RateLimiter
  readonly #isFixed: boolean
  readonly #settings: GuardSettings
  readonly #breaker: Breaker
  readonly #faults: FailureReport
  /** `undefined` while the limit is unknown. */
  #windows: CountedWindows | undefined
  #failure: LimiterFailure | undefined
  /** The time of the last question that the store answered, unless it has failed since. */
  #answeredAt = -Infinity
  #probe: Promise<boolean> | undefined
  #probeKeys = 0

  constructor(kind: LimitKind, limiter: RateLimiter, settings: GuardSettings) {
    this.#kind = kind
    this.#limiter = limiter
    this.#settings = settings
    this.#breaker = new Breaker(settings.timeoutMs)
    this.#faults = createFailureReport(settings.onError)
    this.#windows = limiter.policy && windowsOf(limiter.policy)
    this.isLocal = limiter.local === true
    this.#isFixed = limiter.fixedWindow === true && !this.isLocal
  }

  /**
   * Consumes 1. Answers synchronously when the limiter does, and for a key that has used up its window. Waits at most
   * for the time that the request has left; if none is left, it does not ask an external store.
   *
   * @throws {Refusal} limiter_unavailable when it fails and the settings say `'deny'`
   */
  consume(key: string, request: LimitWait): GuardedAnswer {
    const now = this.#settings.clock()
    const spent = this.#isFixed ? this.#windows?.spent(key, now) : undefined
    if (spent) return spent
    const hasTime = this.isLocal || request.limitWaitMs < this.#settings.timeoutMs
    if (!hasTime || !this.#breaker.admits(now)) return this.#substitute(key)
    try {
      const answer: unknown = this.#limiter.consume(key)
      return isThenable(answer)
        ? this.#settle(answer, key, request, now)
        : this.#accept(answer, key, now)
    } catch (error) {
      this.#fail(error)
      return this.#substitute(key)
    }
  }

  /**
   * Checks whether the limiter answers, as a request would: not in the pause after a failure, and waiting no longer
   * than a request. Simultaneous checks share one answer, and an answer of the last second is reused, so that checks
   * do not flood the store.
   */
  isReachable(): Promise<boolean> {
    this.#probe ??= this.#reach().finally(() => {
      this.#probe = undefined
    })
    return this.#probe
  }

  async #reach(): Promise<boolean> {
    const now = this.#settings.clock()
    if (now >= this.#answeredAt && now < this.#answeredAt + FRESH_MS) return true
    if (!this.#breaker.admits(now)) return false
    try {
      const answer: unknown = this.#limiter.consume(`${this.#kind}:readiness:${this.#probeKeys}`)
      const wait = { limitWaitMs: 0 }
      const state = isThenable(answer) ? await answerWithin(answer, wait, this.#settings) : answer
      this.#probed(state, now)
      return true
    } catch (error) {
      this.#fail(error)
      return false
    }
  }

  #probed(answer: unknown, now: number): void {
    this.#hear(answer, now)
    // A limiter may remember which keys are at the limit and not ask its store again, so the next check uses a new key.
    if (answer.remaining === 0) this.#probeKeys += 1
  }

  async #settle(
    sent: PromiseLike<unknown>,
    key: string,
    request: LimitWait,
    now: number,
  ): Promise<LimitState | undefined> {
    // Only once: some stores ask again each time `then` is called.
    const answer = Promise.resolve(sent)
    try {
      return this.#accept(await answerWithin(answer, request, this.#settings), key, now)
    } catch (error) {
      this.#fail(error)
      void this.#noteLate(answer, key)
      return this.#substitute(key)
    }
  }

  #accept(answer: unknown, key: string, now: number): LimitState {
    this.#hear(answer, now)
    if (!this.isLocal) this.#windows?.note(key, answer, this.#settings.clock())
    return answer
  }

  #hear(answer: unknown, now: number): asserts answer is LimitState {
    checkLimitState(answer)
    this.#windows ??= windowsOf(answer)
    if (answer.remembered) return this.#breaker.passOn(now)
    this.#answeredAt = now
    this.#failure = undefined
    return this.#breaker.succeed()
  }

  // The answer is too late for its request, but still the latest state of the key.
  async #noteLate(answer: PromiseLike<unknown>, key: string): Promise<void> {
    try {
      const late = await answer
      checkLimitState(late)
      this.#windows?.note(key, late, this.#settings.clock())
    } catch {
      // The failure has already been recorded.
    }
  }

  #fail(error: unknown): void {
    const now = this.#settings.clock()
    this.#answeredAt = -Infinity
    this.#breaker.fail(now)
    this.#failure = new LimiterFailure(this.#kind, error)
    this.#faults.report(this.#failure, now)
  }

  #substitute(key: string): LimitState | undefined {
    if (this.#settings.onStoreError === 'deny') {
      const cause = this.#failure ?? new LimiterFailure(this.#kind, new Error(NO_TIME_LEFT))
      throw new Refusal('limiter_unavailable', undefined, { cause })
    }
    return this.#windows?.consume(key, 1, this.#settings.clock())
  }
}

// The limits of a limiter that the app has written may be out of range here, and must not fail the request.
function windowsOf({ name, limit, window }: LimitPolicy): CountedWindows {
  const policy = {
    name,
    limit: Math.max(1, Math.floor(limit)),
    window: Math.max(1, Math.ceil(window)),
  }
  return new CountedWindows(policy, MAX_KEYS)
}
