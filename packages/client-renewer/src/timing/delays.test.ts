import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RenewError } from '../errors.ts'
import { renewalDelay } from './renewal-delay.ts'
import { retryDelay } from './retry-delay.ts'

const HOUR_MS = 3_600_000
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('renewalDelay', () => {
  it.each([
    [HOUR_MS, 0.75 * HOUR_MS],
    [24 * HOUR_MS, 18 * HOUR_MS],
    [180_000, 135_000],
    [179_000, 89_500],
    [6_000, 3_000],
  ])('of a life of %i ms is %i ms without jitter', (lifeMs, expected) => {
    expect(renewalDelay(lifeMs, 0)).toBe(expected)
  })

  it.each([
    [HOUR_MS, 0.4 * HOUR_MS],
    [24 * HOUR_MS, 9.6 * HOUR_MS],
    [180_000, 72_000],
    [179_000, 71_600],
    [6_000, 2_400],
  ])('of the first of a session, for a life of %i ms, is down to %i ms', (lifeMs, expected) => {
    expect(renewalDelay(lifeMs, 1, true)).toBe(expected)
    expect(renewalDelay(lifeMs, 0, true)).toBe(renewalDelay(lifeMs, 0))
  })

  it('of the first of a session is spread evenly, and never later than another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 24 * HOUR_MS }), unit, (lifeMs, random) => {
        const latest = renewalDelay(lifeMs, 0)
        const delay = renewalDelay(lifeMs, random, true)
        expect(delay).toBeLessThanOrEqual(latest)
        expect(delay).toBeCloseTo(latest - (latest - 0.4 * lifeMs) * random, 3)
      }),
    )
  })

  it('of a short life is the same for the first and for later ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 179_999 }), unit, (lifeMs, random) => {
        expect(renewalDelay(lifeMs, random, true)).toBe(renewalDelay(lifeMs, random, false))
      }),
    )
  })

  it('is made earlier by jitter, by at most a fifth of the lead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 24 * HOUR_MS }), unit, (lifeMs, random) => {
        const latest = renewalDelay(lifeMs, 0)
        const lead = lifeMs - latest
        expect(renewalDelay(lifeMs, random)).toBeLessThanOrEqual(latest)
        expect(renewalDelay(lifeMs, random)).toBeGreaterThanOrEqual(latest - 0.2 * lead - 1e-6)
      }),
    )
  })
})

describe('retryDelay', () => {
  const error = new RenewError('SOURCE_FAILED', 'down')

  const longest = (attempt: number, remainingMs: number | undefined) =>
    Math.round(retryDelay({ attempt, error, remainingMs, random: 0.999_999_9 }))

  it('grows to fifteen seconds and no further once no token lives', () => {
    const waits = [1, 2, 3, 4, 60].map((attempt) => longest(attempt, undefined))
    expect(waits).toEqual([2000, 8000, 15_000, 15_000, 15_000])
  })

  it('is counted from the beginning of the attempt once no token lives', () => {
    const slow = { attempt: 9, error, tookMs: 10_000, remainingMs: -1 }
    expect(retryDelay({ ...slow, random: 1 })).toBe(5000)
    expect(retryDelay({ ...slow, tookMs: 60_000, random: 1 })).toBe(1000)
  })

  it('grows to twenty minutes while a token lives, so that a herd thins out', () => {
    const waits = [1, 3, 5, 7, 60].map((attempt) => longest(attempt, 86_400_000))
    expect(waits).toEqual([2000, 32_000, 512_000, 1_200_000, 1_200_000])
  })

  it('is never so short that a server is hammered', () => {
    expect(retryDelay({ attempt: 9, error, remainingMs: undefined, random: 0 })).toBe(1000)
  })

  const busy = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 90_000 })

  it('is at least what the server asked for, and up to a fifth more', () => {
    const asked = { attempt: 1, error: busy, remainingMs: HOUR_MS }
    expect(retryDelay({ ...asked, random: 0 })).toBe(90_000)
    expect(Math.round(retryDelay({ ...asked, random: 0.999_999_9 }))).toBe(108_000)
  })

  it('lets attempts begin at most fifteen seconds apart once the token has expired, by chance', () => {
    const asked = { attempt: 1, error: busy, remainingMs: -1 }
    const waits = [0, 0.5, 1].map((random) => Math.round(retryDelay({ ...asked, random })))
    expect(waits).toEqual([12_500, 13_750, 15_000])
    expect(Math.round(retryDelay({ ...asked, tookMs: 10_000, random: 1 }))).toBe(5000)
    const short = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 10_000 })
    expect(retryDelay({ ...asked, error: short, random: 0 })).toBe(10_000)
  })

  it('comes within a second when the end is near', () => {
    expect(longest(9, 5500)).toBe(1000)
    expect(longest(9, 2000)).toBe(1000)
  })

  it('does not wait for the server beyond the end of the token', () => {
    expect(longest(9, 65_000)).toBe(60_000)
    const wait = retryDelay({ attempt: 1, error: busy, remainingMs: 60_000, random: 0.999_999_9 })
    expect(Math.round(wait)).toBe(2000)
  })

  it.each([Number.NaN, Infinity, -Infinity, -1])('ignores %s as what the server asked', (ms) => {
    const odd = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: ms })
    expect(odd.retryAfterMs).toBeUndefined()
    expect(retryDelay({ attempt: 1, error: odd, remainingMs: undefined, random: 0.5 })).toBe(1500)
  })

  it('is an hour at most, also when the server asks for more', () => {
    const day = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 86_400_000 })
    const longest = retryDelay({ attempt: 1, error: day, remainingMs: undefined, random: 1 })
    expect(Math.round(longest)).toBe(HOUR_MS)
  })
})
