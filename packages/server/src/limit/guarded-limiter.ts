import { isThenable } from '../deadline.ts'
import { Refusal } from '../refusal.ts'
import { answerWithin } from './answer-within.ts'
import { Breaker } from './breaker.ts'
import { createFailureReport, type FailureReport } from './failure-report.ts'
import type { LimitKind } from './limit-options.ts'
import { checkLimitState } from './limit-state.ts'
import { LimiterFailure } from './limiter-failure.ts'
import { type MemoryLimiter, memoryLimiter } from './memory-limiter.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** How to live with a limiter that fails. */
export interface GuardSettings {
  /** Milliseconds that a request waits for all its limits, and of the pause after no answer. */
  readonly timeoutMs: number
  readonly onStoreError: 'allow' | 'deny'
  readonly onError: (error: unknown) => unknown
  /** Milliseconds, from any origin. */
  readonly clock: () => number
}

/** A request, as far as it waits for its limits. */
export interface LimitWait {
  /** Milliseconds that it has waited for them so far. */
  limitWaitMs: number
}

/** Undefined when the store fails and nothing is known about the limit: let pass, uncounted. */
export type GuardedAnswer = LimitState | undefined | Promise<LimitState | undefined>

const NO_TIME_LEFT = 'other limits used up the time of the request'

/**
 * A limiter that always answers, in time and with a state. One that throws, rejects, hangs or
 * answers rubbish is left alone for a while; until it works again, this process counts by itself, or
 * refuses.
 *
 * @internal
 */
export class GuardedLimiter {
  /** Whether keys stay in the memory of this process. */
  readonly isLocal: boolean
  readonly #kind: LimitKind
  readonly #limiter: RateLimiter
  readonly #settings: GuardSettings
  readonly #breaker: Breaker
  readonly #faults: FailureReport
  #known: LimitPolicy | undefined
  #insurance: MemoryLimiter | undefined
  #failure: LimiterFailure | undefined

  constructor(kind: LimitKind, limiter: RateLimiter, settings: GuardSettings) {
    this.#kind = kind
    this.#limiter = limiter
    this.#settings = settings
    this.#breaker = new Breaker(settings.timeoutMs)
    this.#faults = createFailureReport(settings.onError)
    this.#known = limiter.policy
    this.isLocal = limiter.local === true
  }

  /**
   * Consumes 1. Answers at once when the limiter does. Waits for no longer than the request may wait
   * yet; where that is no time at all, it asks nobody outside.
   *
   * @throws {Refusal} limiter_unavailable when it fails and the settings say `'deny'`
   */
  consume(key: string, request: LimitWait): GuardedAnswer {
    if (!this.#mayAsk(request)) return this.#substitute(key)
    try {
      const answer: unknown = this.#limiter.consume(key)
      return isThenable(answer) ? this.#settle(answer, key, request) : this.#accept(answer)
    } catch (error) {
      return this.#fail(error, key)
    }
  }

  /** Asks whether the limiter answers, consuming 1 of a key that nobody else has. */
  async isReachable(key: string): Promise<boolean> {
    try {
      checkLimitState(await this.#ask(key))
      return true
    } catch {
      return false
    }
  }

  async #ask(key: string): Promise<unknown> {
    const answer: unknown = this.#limiter.consume(key)
    return isThenable(answer) ? answerWithin(answer, this.#settings.timeoutMs) : answer
  }

  #mayAsk({ limitWaitMs }: LimitWait): boolean {
    const { timeoutMs, clock } = this.#settings
    return (this.isLocal || limitWaitMs < timeoutMs) && this.#breaker.admits(clock())
  }

  async #settle(
    answer: PromiseLike<unknown>,
    key: string,
    request: LimitWait,
  ): Promise<LimitState | undefined> {
    const { timeoutMs, clock } = this.#settings
    const askedAt = clock()
    try {
      return this.#accept(await answerWithin(answer, Math.max(0, timeoutMs - request.limitWaitMs)))
    } catch (error) {
      return this.#fail(error, key)
    } finally {
      // Whole ones: a timer may be early by a fraction, which is no time to ask another store in.
      request.limitWaitMs += Math.ceil(clock() - askedAt)
    }
  }

  #accept(answer: unknown): LimitState {
    checkLimitState(answer)
    this.#breaker.succeed()
    this.#failure = undefined
    this.#known ??= { name: answer.name, limit: answer.limit, window: answer.window }
    return answer
  }

  #fail(error: unknown, key: string): LimitState | undefined {
    const now = this.#settings.clock()
    this.#breaker.fail(now)
    this.#failure = new LimiterFailure(this.#kind, error)
    this.#faults.report(this.#failure, now)
    return this.#substitute(key)
  }

  #substitute(key: string): LimitState | undefined {
    if (this.#settings.onStoreError === 'deny') {
      const cause = this.#failure ?? new LimiterFailure(this.#kind, new Error(NO_TIME_LEFT))
      throw new Refusal('limiter_unavailable', undefined, { cause })
    }
    this.#insurance ??= this.#known && insuranceFor(this.#known, this.#settings.clock)
    return this.#insurance?.consume(key)
  }
}

// Bounds of somebody else's limiter may be out of range here, and must not cost the request.
function insuranceFor(policy: LimitPolicy, clock: () => number): MemoryLimiter {
  const limit = Math.max(1, Math.floor(policy.limit))
  const windowSeconds = Math.max(1, Math.ceil(policy.window))
  return memoryLimiter({ name: policy.name, limit, windowSeconds, clock })
}
