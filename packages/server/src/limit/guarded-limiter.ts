import { Refusal } from '../refusal.ts'
import { answerWithin } from './answer-within.ts'
import { Breaker } from './breaker.ts'
import { checkLimitState } from './limit-state.ts'
import { type MemoryLimiter, memoryLimiter } from './memory-limiter.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** How to live with a limiter that fails. */
export interface GuardSettings {
  /** Milliseconds for an answer, and for the pause after none. */
  readonly timeoutMs: number
  readonly onStoreError: 'allow' | 'deny'
  readonly onError: (error: unknown) => unknown
  /** Milliseconds, from any origin. */
  readonly clock: () => number
}

/** Undefined when the store fails and nothing is known about the limit: let pass, uncounted. */
export type GuardedAnswer = LimitState | undefined | Promise<LimitState | undefined>

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
  readonly #limiter: RateLimiter
  readonly #settings: GuardSettings
  readonly #breaker: Breaker
  #known: LimitPolicy | undefined
  #insurance: MemoryLimiter | undefined

  constructor(limiter: RateLimiter, settings: GuardSettings) {
    this.#limiter = limiter
    this.#settings = settings
    this.#breaker = new Breaker(settings.timeoutMs)
    this.#known = limiter.policy
    this.isLocal = limiter.local === true
  }

  /**
   * Consumes 1. Answers at once when the limiter does.
   *
   * @throws {Refusal} limiter_unavailable when it fails and the settings say `'deny'`
   */
  consume(key: string): GuardedAnswer {
    if (!this.#breaker.admits(this.#settings.clock())) return this.#substitute(key)
    try {
      const answer: unknown = this.#limiter.consume(key)
      return isThenable(answer) ? this.#settle(answer, key) : this.#accept(answer)
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

  async #settle(answer: PromiseLike<unknown>, key: string): Promise<LimitState | undefined> {
    try {
      return this.#accept(await answerWithin(answer, this.#settings.timeoutMs))
    } catch (error) {
      return this.#fail(error, key)
    }
  }

  #accept(answer: unknown): LimitState {
    checkLimitState(answer)
    this.#breaker.succeed()
    this.#known ??= { name: answer.name, limit: answer.limit, window: answer.window }
    return answer
  }

  #fail(error: unknown, key: string): LimitState | undefined {
    const isNews = this.#breaker.fail(this.#settings.clock())
    if (isNews) void report(error, this.#settings.onError)
    return this.#substitute(key)
  }

  #substitute(key: string): LimitState | undefined {
    if (this.#settings.onStoreError === 'deny') throw new Refusal('limiter_unavailable')
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

async function report(error: unknown, onError: GuardSettings['onError']): Promise<void> {
  try {
    await onError(new Error('rate limiter failed', { cause: error }))
  } catch {
    // There is nobody left to tell.
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
