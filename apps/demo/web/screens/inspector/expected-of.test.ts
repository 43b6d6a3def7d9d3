import { describe, expect, it } from 'vitest'
import { EMPTY_QUESTION, expectedOf, type Question } from './expected-of.ts'

describe('expectedOf', () => {
  it.each<[Partial<Question>, object]>([
    [{}, {}],
    [
      { service: 'rtm', userId: 'alice' },
      { service: 'rtm', userId: 'alice' },
    ],
    [
      { channel: 'room-42', user: '7' },
      { channel: 'room-42', uid: 7 },
    ],
    [{ user: '0' }, { uid: 0 }],
    [{ user: '7', userKind: 'account' }, { account: '7' }],
    [{ channel: ' a' }, { channel: ' a' }],
  ])('of %j is %j', (filledIn, expected) => {
    expect(expectedOf({ ...EMPTY_QUESTION, ...filledIn })).toEqual(expected)
  })
})
