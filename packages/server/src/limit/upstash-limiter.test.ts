import { describe, expect, it, vi } from 'vitest'

import { upstashLimiter } from './upstash-limiter.ts'

const POLICY = { name: 'ip', limit: 10, windowSeconds: 60 }

describe('upstashLimiter', () => {
  const answer = { success: true, limit: 12, remaining: 3, reset: 105_500 }
  const clock = () => 100_000

  it('passes on what Upstash says', async () => {
    const limit = vi.fn(async () => answer)
    const limiter = upstashLimiter({ limit }, { ...POLICY, clock })
    expect(await limiter.consume('a', 2)).toEqual({
      ok: true,
      name: 'ip',
      limit: 12,
      remaining: 3,
      resetIn: 6,
      window: 60,
    })
    expect(limit).toHaveBeenCalledWith('a', { rate: 2 })
  })

  it('is never below zero', async () => {
    const limit = async () => ({ ...answer, success: false, remaining: -1, reset: 99_000 })
    const limiter = upstashLimiter({ limit }, { ...POLICY, clock })
    expect(await limiter.consume('a')).toMatchObject({ ok: false, remaining: 0, resetIn: 0 })
  })

  it('takes a timeout, which Upstash lets pass, for a failure', async () => {
    const limit = async () => ({ ...answer, reason: 'timeout' })
    await expect(upstashLimiter({ limit }, POLICY).consume('a')).rejects.toThrow('did not answer')
  })

  it('says when Upstash has remembered that a key is at the limit', async () => {
    const limit = async () => ({ ...answer, success: false, remaining: 0, reason: 'cacheBlock' })
    expect(await upstashLimiter({ limit }, { ...POLICY, clock }).consume('a')).toMatchObject({
      ok: false,
      remembered: true,
    })
  })

  it('hands over work in the background, and drops its failure', async () => {
    const waitUntil = vi.fn()
    const limit = async () => ({ ...answer, pending: Promise.reject(new Error('analytics')) })
    await upstashLimiter({ limit }, { ...POLICY, waitUntil }).consume('a')
    await expect(waitUntil.mock.calls[0]?.[0]).resolves.toBeUndefined()
  })

  it('refuses what is no Ratelimit', () => {
    expect(() => upstashLimiter({} as never, POLICY)).toThrow('a Ratelimit of @upstash/ratelimit')
  })
})
