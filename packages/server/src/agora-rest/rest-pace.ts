import { FUNCTION, requireKind, shown } from '../checks/kind.ts'

/** Gives each call its turn, so that an account keeps to Agora's limit of 10 calls a second. */
export interface RestPace {
  /** Milliseconds until the caller's turn. `undefined`, and no turn, if that is more than `maxWaitMs`. */
  turn(maxWaitMs: number): number | undefined | Promise<number | undefined>
}

/** The member of a Redis client that {@link redisPace} uses, as ioredis has it. */
export interface PaceRedis {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>
}

// Evenly spaced, so that no second has more than ten, wherever it begins.
const SPACE_MS = 100

/**
 * Keeps the pace in this process.
 *
 * @param clock - milliseconds since an arbitrary origin; default `performance.now`
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

// By the clock of Redis, because those of the processes differ.
const TURN = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = math.max(0, (tonumber(redis.call('get', KEYS[1])) or 0) - now)
if wait > tonumber(ARGV[1]) then return -1 end
redis.call('set', KEYS[1], string.format('%.0f', now + wait + ARGV[2]), 'PX', wait + ARGV[2] + 1000)
return wait
`

/**
 * Keeps the pace in Redis, for all processes that call with one Agora account.
 *
 * @param options.name - tells accounts apart; default `'default'`
 * @throws {TypeError} when there is no client
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
