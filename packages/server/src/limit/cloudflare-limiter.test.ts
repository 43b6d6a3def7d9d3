import { describe, expect, it, vi } from 'vitest'

import { cloudflareLimiter } from './cloudflare-limiter.ts'

const POLICY = { name: 'ip', limit: 10, windowSeconds: 60 }

describe('cloudflareLimiter', () => {
  it('asks the binding, and says nothing of what the binding does not say', async () => {
    const limit = vi.fn(async ({ key }: { key: string }) => ({ success: key === 'a' }))
    const limiter = cloudflareLimiter({ limit }, POLICY)
    const policy = { name: 'ip', limit: 10, window: 60 }
    expect(await limiter.consume('a')).toEqual({
      ...policy,
      ok: true,
      remaining: Number.NaN,
      resetIn: 60,
    })
    expect(await limiter.consume('b')).toEqual({ ...policy, ok: false, remaining: 0, resetIn: 60 })
    expect(limit).toHaveBeenCalledWith({ key: 'a' })
  })

  it('refuses what is no binding, and a period that Cloudflare does not have', () => {
    const binding = { limit: async () => ({ success: true }) }
    expect(() => cloudflareLimiter({} as never, POLICY)).toThrow('a rate limiting binding expected')
    expect(() => cloudflareLimiter(binding, { ...POLICY, windowSeconds: 30 })).toThrow('10 or 60')
  })
})
