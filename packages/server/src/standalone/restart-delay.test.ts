import { describe, expect, it } from 'vitest'

import { createRestartDelay } from './restart-delay.ts'

describe('createRestartDelay', () => {
  it('waits twice as long each time, up to ten seconds', () => {
    const delay = createRestartDelay()
    const waits = Array.from({ length: 9 }, () => delay.next(50))
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
  })

  it('begins anew after a worker that lived for a minute', () => {
    const delay = createRestartDelay()
    delay.next(0)
    delay.next(0)
    expect(delay.next(60_000)).toBe(100)
    expect(delay.next(59_999)).toBe(200)
  })
})
