import { describe, expect, it } from 'vitest'
import { createFaultBoard, type Faults } from './faults.ts'

const ANN = { channel: 'room', uid: 1, account: 'ann' }
const BOB = { channel: 'room', uid: 2 }

describe('createFaultBoard', () => {
  it('has everything off at first', () => {
    const off = createFaultBoard().of(ANN)
    expect(Object.values(off).every((value) => value === false || value === 0)).toBe(true)
  })

  it('switches for everybody, or for those chosen by channel, uid or account', () => {
    const board = createFaultBoard()
    board.set({ cutLines: true }, { uid: 2 })
    board.set({ answerDelayMs: 5 }, { account: 'ann' })
    board.set({ swallowRenewals: true }, { channel: 'room' })
    board.set({ cutAccessPoint: true })
    const both = { swallowRenewals: true, cutAccessPoint: true }
    expect(board.of(ANN)).toMatchObject({ ...both, cutLines: false, answerDelayMs: 5 })
    expect(board.of(BOB)).toMatchObject({ ...both, cutLines: true, answerDelayMs: 0 })
    expect(board.of({ channel: 'other', uid: 9 })).toMatchObject({ swallowRenewals: false })
    expect(board.of()).toMatchObject({ cutAccessPoint: true, swallowRenewals: false })
  })

  it('lets what is said later count, for everybody too', () => {
    const board = createFaultBoard()
    board.set({ cutLines: true }, { uid: 2 })
    board.set({ cutLines: false })
    expect(board.of(BOB).cutLines).toBe(false)
    board.set({ cutLines: true })
    board.set({ cutLines: false }, { uid: 2 })
    expect([board.of(ANN).cutLines, board.of(BOB).cutLines]).toEqual([true, false])
    board.clear()
    expect(board.of(ANN).cutLines).toBe(false)
  })

  it('refuses what is no fault and no length of time', () => {
    const board = createFaultBoard()
    // @ts-expect-error: an unknown name
    expect(() => board.set({ swalowRenewals: true })).toThrow('got "swalowRenewals"')
    for (const answerDelayMs of [-1, Number.NaN]) {
      const faults: Partial<Faults> = { answerDelayMs }
      expect(() => board.set(faults)).toThrow(`got ${answerDelayMs}`)
    }
  })
})
