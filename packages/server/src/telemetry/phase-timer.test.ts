import { describe, expect, it, vi } from 'vitest'

import { createPhaseTimer } from './phase-timer.ts'

function manualClock(): { now: () => number; advance: (ms: number) => void } {
  let time = 0
  return { now: () => time, advance: (ms) => void (time += ms) }
}

describe('createPhaseTimer', () => {
  it('times each phase, and adds up one that runs several times', async () => {
    const clock = manualClock()
    const timer = createPhaseTimer({}, clock.now)
    expect(await timer.run('limit', async () => clock.advance(1))).toBeUndefined()
    await timer.run('authenticate', () => clock.advance(5))
    await timer.run('limit', async () => clock.advance(0.0004))
    await timer.run('limit', async () => clock.advance(2.5))
    expect(timer.phases).toEqual({ limit: 3.5, authenticate: 5 })
  })

  it('times a phase that throws, and throws the same', () => {
    const clock = manualClock()
    const timer = createPhaseTimer({}, clock.now)
    const error = new Error('down')
    const phase = (): never => {
      clock.advance(3)
      throw error
    }
    expect(() => timer.run('authorize', phase)).toThrow(error)
    expect(timer.phases).toEqual({ authorize: 3 })
  })

  it('times a phase that rejects, and rejects with the same', async () => {
    const clock = manualClock()
    const timer = createPhaseTimer({}, clock.now)
    const error = new Error('down')
    const phase = async (): Promise<never> => {
      clock.advance(3)
      throw error
    }
    await expect(timer.run('authorize', phase)).rejects.toBe(error)
    expect(timer.phases).toEqual({ authorize: 3 })
  })

  it('runs a phase inside that of the telemetry', async () => {
    const lines: string[] = []
    const phase = vi.fn(async (name: string, run: () => Promise<never>) => {
      lines.push(`${name} in`)
      return run().finally(() => lines.push(`${name} out`))
    })
    const timer = createPhaseTimer({ phase })
    expect(await timer.run('sign', () => lines.push('signing'))).toBe(2)
    expect(lines).toEqual(['sign in', 'signing', 'sign out'])
  })

  it('adds nothing without telemetry: a synchronous phase stays synchronous', () => {
    const now = vi.fn(() => 0)
    const timer = createPhaseTimer(undefined, now)
    expect(timer.run('sign', () => 'token')).toBe('token')
    expect(timer.phases).toEqual({})
    expect(now).not.toHaveBeenCalled()
  })
})
