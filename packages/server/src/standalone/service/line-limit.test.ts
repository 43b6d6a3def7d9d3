import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { createLineLimit } from './line-limit.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const ask = (allows: (kind: string) => boolean, kind: string, times: number) =>
  Array.from({ length: times }, () => allows(kind)).filter(Boolean).length

describe('createLineLimit', () => {
  it('lets 20 of a kind through in ten seconds, and then tells of the others', () => {
    const report = vi.fn()
    const { allows } = createLineLimit(report)
    expect([ask(allows, 'a', 1000), ask(allows, 'b', 20), ask(allows, 'c', 21)]).toEqual([
      20, 20, 20,
    ])
    vi.advanceTimersByTime(9999)
    expect(report).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(report.mock.calls).toEqual([
      ['a', 980],
      ['c', 1],
    ])
    expect(ask(allows, 'a', 21)).toBe(20)
  })

  it('leaves no timer when nothing comes', () => {
    const { allows } = createLineLimit(() => {})
    allows('a')
    vi.advanceTimersByTime(10_000)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('tells at once where that is asked for, and no more of it later', () => {
    const report = vi.fn()
    const { allows, tell } = createLineLimit(report)
    ask(allows, 'a', 22)
    tell()
    tell()
    vi.advanceTimersByTime(10_000)
    expect(report.mock.calls).toEqual([['a', 2]])
  })
})
