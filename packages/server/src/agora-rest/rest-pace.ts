import { FUNCTION, requireKind, shown } from '../checks/kind.ts'

/** Spaces calls out, so that an account stays within Agora's limit of 10 calls a second. */
export interface RestPace {
  /** Reserves a turn and returns the milliseconds until then; `undefined`, without a turn, above `maxWaitMs`. */
  turn(maxWaitMs: number): number | undefined | Promise<number | undefined>
}

/** The method of an ioredis client that {@link redisPace} uses. */
export interface PaceRedis {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>
}

// Evenly spaced, so that no period of one second contains more than ten calls.
const SPACE_MS = 100

/**
 * Spaces out the calls of this process, one every 100 ms.
 *
 * @param clock - milliseconds since an arbitrary origin; default `performance.now`
 * @throws {TypeError} when `clock` is not a function
 */
export function memoryPace(clock: () => number = () => performance.now()): RestPace {
  requireKind(clock, FUNCTION, 'memoryPace: clock', shown)
  let nextAt = 0
  return {
    turn(maxWaitMs) {
      const now = clock()
      const waitMs = Math.max(0, nextAt - now)
      if (waitMs > maxWaitMs) return undefined
      nextAt = now + waitMs + SPACE_MS
      return waitMs
    },
  }
}

// Uses the clock of Redis, because the clocks of the processes differ.
const TURN = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = math.max(0, (tonumber(redis.call('get', KEYS[1])) or 0) - now)
if wait > tonumber(ARGV[1]) then return -1 end
redis.call('set', KEYS[1], string.format('%.0f', now + wait + ARGV[2]), 'PX', wait + ARGV[2] + 1000)
return wait
`

/**
 * Spaces out the calls of all processes that share one Agora account, one every 100 ms, with a key in Redis. While
 * Redis does not answer within 250 ms, each process uses its own pace.
 *
 * @param options.client - an ioredis client; you close it yourself
 * @param options.name - distinguishes several Agora accounts in one Redis; default `'default'`
 * @throws {TypeError} when `client` is not a Redis client
 */
export function redisPace(options: {
  readonly client: PaceRedis
  readonly name?: string
}): RestPace {
  const { client, name = 'default' } = options
  if (typeof client?.eval !== 'function') {
    throw new TypeError('redisPace: client: an ioredis client expected')
  }
  return {
    async turn(maxWaitMs) {
      const key = `rtc-token:agora-rest:${name}`
      const waitMs = Number(await client.eval(TURN, 1, key, maxWaitMs, SPACE_MS))
      return waitMs < 0 ? undefined : waitMs
    },
  }
}
