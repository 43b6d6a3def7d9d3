import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** The answer of rate-limiter-flexible. It resolves with it within the limit, and rejects with it above. */
export interface FlexibleAnswer {
  readonly msBeforeNext: number
  readonly remainingPoints: number
  readonly consumedPoints?: number
}

/** The members of a rate-limiter-flexible instance that {@link flexibleLimiter} uses, for any of its stores. */
export interface FlexibleRateLimiter {
  readonly points?: number
  readonly duration?: number
  consume(key: string, points?: number): Promise<FlexibleAnswer>
}

/**
 * Options of {@link flexibleLimiter}. `limit` and `windowSeconds` default to the instance's `points` and `duration`.
 */
export interface FlexibleLimiterOptions extends Partial<LimiterOptions> {
  readonly name: string
}

/**
 * Creates a limiter on rate-limiter-flexible, in any of its stores: Postgres, Memcached, DynamoDB and more. For Redis
 * or Valkey, `redisLimiter` is shorter.
 *
 * Do not set its insurance limiter, because the handler has its own, or `inMemoryBlockOnConsumed`, which mixes this
 * machine's clock with the clock of the store. A union of limiters is not supported.
 *
 * @param limiter - an instance whose `duration` is not 0
 * @throws {TypeError} when it is not such an instance, or neither it nor the options give a limit and a window
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
    // Above the limit it rejects with an answer; any other rejection is a failure of the store.
    if (!isAnswer(reason)) throw reason
    return stateOf(reason, false, policy)
  }
}

function stateOf(answer: FlexibleAnswer, ok: boolean, policy: LimitPolicy): LimitState {
  if (!isAnswer(answer))
    throw new TypeError(
      'flexibleLimiter: a RateLimiterRes expected from the store, got another value',
    )
  const { msBeforeNext, remainingPoints, consumedPoints } = answer
  // -1: the key does not expire, for example because an operator has blocked it.
  const resetIn = msBeforeNext < 0 ? policy.window : Math.ceil(msBeforeNext / 1000)
  const state = { ...policy, ok, remaining: remainingPoints, resetIn }
  // A store never refuses a key that has consumed nothing: this is the block that an instance keeps in memory.
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
