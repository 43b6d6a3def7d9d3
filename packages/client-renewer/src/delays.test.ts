import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RenewError } from './errors.ts'
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

  it('grows from half a second to fifteen and no further', () => {
    const at = (attempt: number) =>
      retryDelay({ attempt, error, remainingMs: undefined, random: 0.999_999 })
    expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => Math.round(at(attempt)))).toEqual([
      1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ])
  })

  it('is never so short that a server is hammered', () => {
    expect(retryDelay({ attempt: 9, error, remainingMs: undefined, random: 0 })).toBe(250)
  })

  it('is what the server asked for', () => {
    const busy = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 90_000 })
    expect(retryDelay({ attempt: 1, error: busy, remainingMs: -1, random: 0 })).toBe(90_000)
  })

  it('does not crowd its tries before the end', () => {
    const late = { error, remainingMs: 2000, random: 0.999_999 }
    expect(retryDelay({ ...late, attempt: 9 })).toBeCloseTo(15_000, 0)
  })

  it('leaves time for one more try before the end', () => {
    const busy = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 90_000 })
    expect(retryDelay({ attempt: 1, error: busy, remainingMs: 60_000, random: 0 })).toBe(55_000)
  })
})
