import { describe, expect, it } from 'vitest'

import { allocateUid } from './allocate-uid.ts'

describe('allocateUid', () => {
  it('never changes: the uids of calls that are under way depend on it', () => {
    expect(allocateUid('alice', 'room-42')).toBe(737_924_329)
    expect(allocateUid('Jörg 🎥', 'room-42')).toBe(795_378_333)
  })

  it('differs by subject and by channel', () => {
    const uids = [
      allocateUid('alice', 'room-42'),
      allocateUid('bob', 'room-42'),
      allocateUid('alice', 'room-43'),
      allocateUid('2alice', 'room-4'),
    ]
    expect(new Set(uids).size).toBe(4)
  })

  it('stays within 1 to 2147483647 and spreads over all of it', () => {
    const uids = Array.from({ length: 4000 }, (_, index) => allocateUid(`user-${index}`, 'room'))
    expect(uids.every((uid) => Number.isInteger(uid) && uid >= 1 && uid < 2 ** 31)).toBe(true)
    const upperHalf = uids.filter((uid) => uid >= 2 ** 30).length
    expect(upperHalf).toBeGreaterThan(1850)
    expect(upperHalf).toBeLessThan(2150)
    const odd = uids.filter((uid) => uid % 2 === 1).length
    expect(odd).toBeGreaterThan(1850)
    expect(odd).toBeLessThan(2150)
  })
})
