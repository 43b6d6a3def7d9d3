import { describe, expect, it } from 'vitest'

import { redisLimiter, SAFE_REDIS_OPTIONS } from './redis-limiter.ts'

const POLICY = { name: 'ip', limit: 10, windowSeconds: 60 }

describe('redisLimiter', () => {
  it('refuses what is no client of ioredis', () => {
    const make = () => redisLimiter({ ...POLICY, client: {} as never })
    expect(make).toThrow('redisLimiter: client: an ioredis client expected')
  })

  it('recommends options that fail at once, without a timer that a busy process trips over', () => {
    expect(SAFE_REDIS_OPTIONS).toEqual({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      socketTimeout: 10_000,
      reconnectOnError: expect.any(Function),
    })
  })

  it('has a client connect anew whose Redis has become a replica, and for no other error', () => {
    const { reconnectOnError } = SAFE_REDIS_OPTIONS
    const inScript =
      "ERR Error running script: READONLY You can't write against a read only replica."
    expect(reconnectOnError(new Error(inScript))).toBe(true)
    expect(reconnectOnError(new Error('OOM command not allowed'))).toBe(false)
  })
})
