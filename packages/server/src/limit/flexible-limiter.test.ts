import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterUnion,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible'
import { describe, expect, it } from 'vitest'

import { flexibleLimiter } from './flexible-limiter.ts'

describe('flexibleLimiter', () => {
  const memory = () => new RateLimiterMemory({ points: 2, duration: 30 })

  it('allows what the instance allows, and takes limit and window from it', async () => {
    const limiter = flexibleLimiter(memory(), { name: 'subject' })
    const policy = { name: 'subject', limit: 2, window: 30 }
    expect(limiter.policy).toEqual(policy)
    expect(await limiter.consume('a')).toEqual({ ...policy, ok: true, remaining: 1, resetIn: 30 })
    expect(await limiter.consume('a')).toMatchObject({ ok: true, remaining: 0 })
    expect(await limiter.consume('a')).toEqual({ ...policy, ok: false, remaining: 0, resetIn: 30 })
    expect(await limiter.consume('b', 2)).toMatchObject({ ok: true, remaining: 0 })
  })

  it('says when an instance has remembered that a key is at the limit', async () => {
    const blocked = { remainingPoints: 0, msBeforeNext: 1, consumedPoints: 0 }
    const refused = { ...blocked, consumedPoints: 3 }
    const instance = (answer: object) => ({
      points: 2,
      duration: 1,
      consume: async () => Promise.reject(answer), // oxlint-disable-line typescript/prefer-promise-reject-errors -- so do instances
    })
    const stateOf = async (answer: object) =>
      flexibleLimiter(instance(answer), { name: 'a' }).consume('k')
    expect(await stateOf(blocked)).toMatchObject({ ok: false, remembered: true })
    expect(await stateOf(refused)).not.toHaveProperty('remembered')
  })

  it('passes on an error of the store', async () => {
    const error = new Error('ECONNREFUSED')
    const down = { points: 1, duration: 1, consume: async () => Promise.reject(error) }
    await expect(flexibleLimiter(down, { name: 'a' }).consume('k')).rejects.toBe(error)
  })

  it('works with a bursty wrapper, which is told its window', async () => {
    const bursty = new BurstyRateLimiter(memory(), memory())
    const limiter = flexibleLimiter(bursty, { name: 'subject', limit: 2, windowSeconds: 30 })
    const oks = []
    for (let i = 0; i < 5; i++) oks.push((await limiter.consume('a')).ok)
    expect(oks).toEqual([true, true, true, true, false])
  })

  it('says the whole window of a key that is blocked without an end', async () => {
    const limiter = memory()
    await limiter.block('a', 0)
    expect(await flexibleLimiter(limiter, { name: 'a' }).consume('a')).toMatchObject({
      ok: false,
      resetIn: 30,
    })
  })

  it('refuses what is no instance, and what does not say its bounds', () => {
    const wrapper = new RLWrapperTimeouts({ limiter: memory(), timeoutMs: 5 })
    expect(() => flexibleLimiter({} as never, { name: 'a' })).toThrow('an instance of rate-limiter')
    expect(() => flexibleLimiter(wrapper as never, { name: 'a' })).toThrow('limit: integer 1 to')
    const endless = new RateLimiterMemory({ points: 1, duration: 0 })
    expect(() => flexibleLimiter(endless, { name: 'a' })).toThrow('windowSeconds: integer 1 to')
    const union = new RateLimiterUnion(
      memory(),
      new RateLimiterMemory({ keyPrefix: 'x', points: 1, duration: 1 }),
    )
    expect(() => flexibleLimiter(union as never, { name: 'a' })).toThrow(TypeError)
  })

  it('fails on an answer of another shape', async () => {
    const odd = { points: 1, duration: 1, consume: async () => ({}) as never }
    await expect(flexibleLimiter(odd, { name: 'a' }).consume('k')).rejects.toThrow(TypeError)
  })
})
