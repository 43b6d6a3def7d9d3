import { describe, expect, it } from 'vitest'

import { redisLimiter, SAFE_REDIS_OPTIONS } from './redis-limiter.ts'

const POLICY = { name: 'ip', limit: 10, windowSeconds: 60 }

describe('redisLimiter', () => {
  it('refuses what is no client of ioredis', () => {
    const make = () => redisLimiter({ ...POLICY, client: {} as never })
    expect(make).toThrow('redisLimiter: client: a client of ioredis expected')
  })

  it('recommends options that fail at once', () => {
    expect(SAFE_REDIS_OPTIONS).toEqual({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 250,
    })
  })
})
