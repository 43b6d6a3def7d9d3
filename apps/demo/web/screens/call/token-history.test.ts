import { describe, expect, it } from 'vitest'
import {
  addBar,
  addMark,
  barInUse,
  closeBar,
  forgetBefore,
  NO_HISTORY,
  shortenBar,
} from './token-history.ts'

const first = { fingerprint: 'a', from: 0, to: 60 }
const second = { fingerprint: 'b', from: 30, to: 90 }

describe('the history of a seat’s tokens', () => {
  it('has one token in use: the newest', () => {
    const history = addBar(addBar(NO_HISTORY, first), second)
    expect(history.bars).toEqual([{ ...first, usedUntil: 30 }, second])
    expect(barInUse(history)).toBe(second)
  })

  it('has none in use after the end of one', () => {
    const history = closeBar(addBar(NO_HISTORY, first), 60)
    expect(barInUse(history)).toBeUndefined()
    expect(closeBar(history, 99).bars).toEqual([{ ...first, usedUntil: 60 }])
  })

  it('shortens the token in use, and no other, by what was slept through', () => {
    const history = shortenBar(addBar(addBar(NO_HISTORY, first), second), 50)
    expect(history.bars.map(({ to }) => to)).toEqual([60, 40])
  })

  it('forgets what was over before a moment', () => {
    const history = addBar(addBar(addMark(NO_HISTORY, { at: 20, kind: 'fetch' }), first), second)
    expect(forgetBefore(history, 30)).toEqual({ ...history, marks: [] })
    expect(forgetBefore(history, 31).bars).toEqual([second])
  })
})
