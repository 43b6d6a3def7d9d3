import { describe, expect, it } from 'vitest'

import { memoryLimiter } from './memory-limiter.ts'
import { WindowMap } from './counted-windows.ts'

const OPTIONS = { name: 'subject', limit: 3, windowSeconds: 60 }

function limiterAt(start = 0) {
  let now = start
  const limiter = memoryLimiter({ ...OPTIONS, clock: () => now })
  return {
    consume: (key: string, cost?: number) => limiter.consume(key, cost),
    moveTo: (ms: number) => {
      now = ms
    },
  }
}

describe('memoryLimiter', () => {
  it('allows exactly the limit and says what is left', () => {
    const { consume } = limiterAt()
    const states = [1, 2, 3, 4].map(() => consume('a'))
    expect(states.map(({ ok }) => ok)).toEqual([true, true, true, false])
    expect(states.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0])
    expect(states[0]).toEqual({
      ok: true,
      name: 'subject',
      limit: 3,
      remaining: 2,
      resetIn: 60,
      window: 60,
    })
  })

  it('counts each key by itself', () => {
    const { consume } = limiterAt()
    for (let i = 0; i < 4; i++) consume('a')
    expect(consume('b')).toMatchObject({ ok: true, remaining: 2 })
  })

  it('begins the window of a key with its first request and ends it on the millisecond', () => {
    const { consume, moveTo } = limiterAt(5)
    for (let i = 0; i < 3; i++) consume('a')
    moveTo(60_004)
    expect(consume('a')).toMatchObject({ ok: false, resetIn: 1 })
    moveTo(60_005)
    expect(consume('a')).toMatchObject({ ok: true, remaining: 2, resetIn: 60 })
  })

  it('is not extended by requests above the limit', () => {
    const { consume, moveTo } = limiterAt()
    for (let i = 0; i < 50; i++) consume('a')
    moveTo(59_500)
    expect(consume('a')).toMatchObject({ ok: false, resetIn: 1 })
    moveTo(60_000)
    expect(consume('a').ok).toBe(true)
  })

  it('takes nothing for what does not fit', () => {
    const { consume } = limiterAt()
    expect(consume('a', 2)).toMatchObject({ ok: true, remaining: 1 })
    expect(consume('a', 2)).toMatchObject({ ok: false, remaining: 1 })
    expect(consume('a', 1)).toMatchObject({ ok: true, remaining: 0 })
    expect(() => consume('a', Number.NaN)).toThrow(TypeError)
    expect(() => consume('a', -1)).toThrow(TypeError)
  })

  it('makes no caller wait for hours when the clock is set back', () => {
    const { consume, moveTo } = limiterAt(10_000_000)
    for (let i = 0; i < 4; i++) consume('a')
    moveTo(1000)
    expect(consume('a')).toMatchObject({ ok: true, resetIn: 60 })
  })

  it('keeps the windows that began last when there are too many keys', () => {
    let now = 0
    const limiter = memoryLimiter({ ...OPTIONS, maxKeys: 10, clock: () => now++ })
    for (let i = 0; i < 100; i++) limiter.consume(`key ${i}`)
    expect(limiter.consume('key 99').remaining).toBe(1)
    expect(limiter.consume('key 96').remaining).toBe(1)
    expect(limiter.consume('key 0').remaining).toBe(2)
  })

  it.each([
    ['no options', undefined, 'memoryLimiter: options expected, got undefined'],
    ['a name with a quote', { ...OPTIONS, name: 'a"b' }, 'memoryLimiter: name of 1 to 64'],
    ['no limit', { ...OPTIONS, limit: 0 }, 'limit: integer 1 to 1000000000 expected, got 0'],
    ['a window of no length', { ...OPTIONS, windowSeconds: 0.5 }, 'windowSeconds: integer 1 to'],
    ['room for one key', { ...OPTIONS, maxKeys: 1 }, 'maxKeys: integer 2 to 16777216'],
    ['a clock that is a number', { ...OPTIONS, clock: 7 }, 'clock: function expected, got 7'],
  ])('refuses %s', (_what, options, message) => {
    const make = () => memoryLimiter(options as never)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })
})

describe('WindowMap', () => {
  it('never holds more than its bound, however many keys come', () => {
    const windows = new WindowMap(60_000, 1000)
    let largest = 0
    for (let i = 0; i < 20_000; i++) {
      windows.at(`key ${i}`, i)
      largest = Math.max(largest, windows.size)
    }
    expect(largest).toBe(1000)
  })

  it('forgets windows that are over as others begin', () => {
    const windows = new WindowMap(1000, 100_000)
    for (let i = 0; i < 500; i++) windows.at(`key ${i}`, 0)
    windows.at('later', 1000)
    windows.at('last', 2000)
    expect(windows.size).toBe(2)
  })
})
