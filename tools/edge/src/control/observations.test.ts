import { describe, expect, it, vi } from 'vitest'
import { createObservationLog } from './observations.ts'

const SEEN = { type: 'joined', channel: 'room', uid: 7, tokenFingerprint: '00000000' } as const

describe('createObservationLog', () => {
  it('keeps what it is told, stamped with the time', () => {
    let now = 1000
    const log = createObservationLog(() => now)
    log.record(SEEN)
    now = 2000
    log.record({ ...SEEN, type: 'left' })
    expect(log.all.map(({ at, type }) => [at, type])).toEqual([
      [1000, 'joined'],
      [2000, 'left'],
    ])
  })

  it('tells subscribers until they have had enough', () => {
    const log = createObservationLog(() => 1)
    const listener = vi.fn()
    const unsubscribe = log.subscribe(listener)
    log.record(SEEN)
    unsubscribe()
    log.record(SEEN)
    expect(listener).toHaveBeenCalledExactlyOnceWith({ at: 1, ...SEEN })
  })

  it('hands out nothing by which the past can be changed', () => {
    const log = createObservationLog(() => 1)
    log.record(SEEN)
    expect(Object.isFrozen(log.all[0])).toBe(true)
    expect(log.all).not.toBe(log.all)
  })
})
