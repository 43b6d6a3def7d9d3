import { describe, expect, it, vi } from 'vitest'
import { createSleepyTab } from './sleepy-tab.ts'

describe('createSleepyTab', () => {
  it('moves the wall clock only, and tells of waking', () => {
    const { clock, lifecycle, sleep } = createSleepyTab()
    const listener = vi.fn()
    lifecycle.subscribe(listener)
    const before = { now: clock.now(), elapsed: clock.elapsed() }
    sleep(1e9)
    expect(clock.now() - before.now).toBeGreaterThanOrEqual(1e9)
    expect(clock.elapsed() - before.elapsed).toBeLessThan(1e6)
    expect(listener.mock.calls).toEqual([['wake']])
  })

  it('does not call a listener that was removed', () => {
    const { lifecycle, sleep } = createSleepyTab()
    const listener = vi.fn()
    lifecycle.subscribe(listener)()
    sleep(1)
    expect(listener).not.toHaveBeenCalled()
  })
})
