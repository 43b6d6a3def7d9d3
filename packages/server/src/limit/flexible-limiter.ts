import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** What rate-limiter-flexible says about a key, by resolving within the limit and rejecting above. */
export interface FlexibleAnswer {
  readonly msBeforeNext: number
  readonly remainingPoints: number
  readonly consumedPoints?: number
}

/** An instance of rate-limiter-flexible, by its shape: of whichever of its stores. */
export interface FlexibleRateLimiter {
  readonly points?: number
  readonly duration?: number
  consume(key: string, points?: number): Promise<FlexibleAnswer>
}

/** What to call a limit; the rest the instance knows, unless it is a wrapper such as a bursty one. */
export interface FlexibleLimiterOptions extends Partial<LimiterOptions> {
  readonly name: string
}

/**
 * Counts with rate-limiter-flexible, in any of its stores: Redis, Valkey, Postgres, Memcached,
 * DynamoDB and more. For Redis, `redisLimiter` is shorter. Its insurance is not needed: the handler
 * has its own, and leave out `inMemoryBlockOnConsumed`, which takes the clock of this machine for that
 * of the store. A union of limiters answers in another shape and is not supported.
 *
 * @param limiter must count in windows: its `duration` is not 0
 * @throws {TypeError} when it is not such an instance, or says no points or duration
 *
 * @example
 * flexibleLimiter(new RateLimiterPostgres({ storeClient, points: 20, duration: 60 }), { name: 'subject' })
 */
export function flexibleLimiter(
  limiter: FlexibleRateLimiter,
  options: FlexibleLimiterOptions,
): RateLimiter {
  if (typeof limiter?.consume !== 'function') {
    throw new TypeError('flexibleLimiter: an instance of rate-limiter-flexible expected')
  }
  const { limit = limiter.points, windowSeconds = limiter.duration, name } = options
  const policy = checkLimiterOptions('flexibleLimiter', {
    name,
    limit: limit ?? Number.NaN,
    windowSeconds: windowSeconds ?? Number.NaN,
  })
  return { policy, consume: (key, cost = 1) => consume(limiter, policy, key, cost) }
}

async function consume(
  limiter: FlexibleRateLimiter,
  policy: LimitPolicy,
  key: string,
  cost: number,
): Promise<LimitState> {
  try {
    return stateOf(await limiter.consume(key, cost), true, policy)
  } catch (reason) {
    // Above the limit it rejects with what it would resolve with; anything else is of the store.
    if (!isAnswer(reason)) throw reason
    return stateOf(reason, false, policy)
  }
}

function stateOf(answer: FlexibleAnswer, ok: boolean, policy: LimitPolicy): LimitState {
  if (!isAnswer(answer)) throw new TypeError('flexibleLimiter: the store gave no such answer')
  const { msBeforeNext, remainingPoints, consumedPoints } = answer
  // -1 is a key without an end, as an operator may have blocked it.
  const resetIn = msBeforeNext < 0 ? policy.window : Math.ceil(msBeforeNext / 1000)
  const state = { ...policy, ok, remaining: remainingPoints, resetIn }
  // No store refuses a key that has consumed nothing: this is the block that an instance keeps in memory.
  return !ok && consumedPoints === 0 ? { ...state, remembered: true } : state
}

function isAnswer(value: unknown): value is FlexibleAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'msBeforeNext' in value &&
    'remainingPoints' in value
  )
}
