import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startLife } from './session-life.ts'

const START_MS = 1_800_000_000_000

function start(seconds: number): { calls: string[]; stop: () => void } {
  const calls: string[] = []
  const stop = startLife({
    expiresAt: START_MS / 1000 + seconds,
    willExpireSeconds: 30,
    clock: Date.now,
    onWillExpire: () => calls.push('will'),
    onDidExpire: () => calls.push('did'),
  })
  return { calls, stop }
}

describe('startLife', () => {
  beforeEach(() => void vi.useFakeTimers({ now: START_MS }))
  afterEach(() => void vi.useRealTimers())

  it('warns the agreed time before the end, then ends', () => {
    const { calls } = start(600)
    vi.advanceTimersByTime(569_999)
    expect(calls).toEqual([])
    vi.advanceTimersByTime(1)
    expect(calls).toEqual(['will'])
    vi.advanceTimersByTime(29_999)
    expect(calls).toEqual(['will'])
    vi.advanceTimersByTime(1)
    expect(calls).toEqual(['will', 'did'])
  })

  it('warns at once when less than the agreed time is left', () => {
    const { calls } = start(12)
    expect(calls).toEqual([])
    vi.advanceTimersByTime(0)
    expect(calls).toEqual(['will'])
    vi.advanceTimersByTime(12_000)
    expect(calls).toEqual(['will', 'did'])
  })

  it('leaves no timer behind when it is stopped', () => {
    const { calls, stop } = start(600)
    stop()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(600_000)
    expect(calls).toEqual([])
  })
})
