import { describe, expect, it } from 'vitest'

import { limitHeaders, retryAfterSeconds } from './limit-state.ts'
import type { LimitState } from './rate-limiter.ts'

const SUBJECT: LimitState = {
  ok: true,
  name: 'subject',
  limit: 20,
  remaining: 17,
  resetIn: 42,
  window: 60,
}
const IP: LimitState = {
  ok: false,
  name: 'ip',
  limit: 60,
  remaining: 0,
  resetIn: 7.2,
  window: 60,
}

describe('limitHeaders', () => {
  it('says what is left and what the policy is', () => {
    expect(limitHeaders([SUBJECT])).toEqual({
      ratelimit: '"subject";r=17;t=42',
      'ratelimit-policy': '"subject";q=20;w=60',
    })
  })

  it('lists several limits, in whole numbers', () => {
    expect(limitHeaders([IP, SUBJECT])).toEqual({
      ratelimit: '"ip";r=0;t=8, "subject";r=17;t=42',
      'ratelimit-policy': '"ip";q=60;w=60, "subject";q=20;w=60',
    })
  })

  it('says nothing of what is not known', () => {
    const unknown = { ...IP, remaining: Number.NaN }
    expect(limitHeaders([])).toEqual({})
    expect(limitHeaders([unknown])).toEqual({ 'ratelimit-policy': '"ip";q=60;w=60' })
    expect(limitHeaders([unknown, SUBJECT])).toMatchObject({ ratelimit: '"subject";r=17;t=42' })
  })
})

describe('retryAfterSeconds', () => {
  it.each([
    [0, 1],
    [0.2, 1],
    [1, 1],
    [1.001, 2],
    [59.5, 60],
  ])('makes %s a wait of %s', (resetIn, seconds) => {
    expect(retryAfterSeconds({ ...IP, resetIn })).toBe(seconds)
  })
})
