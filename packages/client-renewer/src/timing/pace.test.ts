import { describe, expect, it } from 'vitest'
import { manualClock } from '../testing/manual-clock.ts'
import { createPace } from './pace.ts'

describe('the pace', () => {
  it('is ten attempts at once and then one a second', async () => {
    const clock = manualClock()
    const pace = createPace(clock)
    const begun: number[] = []
    while (begun.length < 13) {
      const waitMs = pace()
      if (waitMs === 0) begun.push(clock.elapsed())
      await clock.advance(waitMs)
    }
    expect(begun).toEqual([...Array<number>(10).fill(0), 1000, 2000, 3000])
  })

  it('does not make an attempt pay for one that was not made', async () => {
    const clock = manualClock()
    const pace = createPace(clock)
    for (let i = 0; i < 100; i++) pace()
    expect(pace()).toBe(1000)
    await clock.advance(60_000)
    for (let i = 0; i < 10; i++) expect(pace()).toBe(0)
  })
})
