import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admitsChannel, admitsUser, matchesPattern, servicesOfSession } from './name-patterns.ts'

/** Tries every length for every `*`. */
function matchesByForce(pattern: string, name: string): boolean {
  if (pattern === '') return name === ''
  if (pattern[0] !== '*') {
    return name !== '' && pattern[0] === name[0] && matchesByForce(pattern.slice(1), name.slice(1))
  }
  return Array.from({ length: name.length + 1 }, (_, taken) => name.slice(taken)).some((rest) =>
    matchesByForce(pattern.slice(1), rest),
  )
}

const text = (unit: readonly string[]) =>
  fc.string({ unit: fc.constantFrom(...unit), maxLength: 9 })

describe('matchesPattern', () => {
  it.each([
    ['1*a*2', '1abc2', true],
    ['1*a*2', '1a2', true],
    ['1*a*2', '12', false],
    ['1*a*2', '1abc3', false],
    ['room-*', 'room-', true],
    ['room-*', 'Room-42', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a**a', 'aa', true],
    ['', '', true],
    ['', 'a', false],
    ['room.42', 'room-42', false],
    ['ro[o]m-*', 'room-42', false],
  ])('of %j and %j is %j', (pattern, name, matches) => {
    expect(matchesPattern(pattern, name)).toBe(matches)
  })

  it('agrees with a matcher that tries everything, on 10 000 random patterns', () => {
    const seen = new Set<boolean>()
    fc.assert(
      fc.property(text(['a', 'b', '*', '*']), text(['a', 'b']), (pattern, name) => {
        const matches = matchesPattern(pattern, name)
        seen.add(matches)
        expect(matches).toBe(matchesByForce(pattern, name))
      }),
      { numRuns: 10_000 },
    )
    expect(seen.size).toBe(2)
  })

  it.each([
    ['*a'.repeat(30_000), `${'a'.repeat(60_000)}b`],
    [`*${'a'.repeat(30_000)}b*`, 'a'.repeat(60_000)],
    [`*b${'a'.repeat(30_000)}*`, 'a'.repeat(60_000)],
  ])('takes no long time for names as long as a token can hold', (pattern, name) => {
    const start = process.cpuUsage()
    expect(matchesPattern(pattern, name)).toBe(false)
    // Processor time: a pattern that is tried again from each star would take minutes.
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })
})

describe('what a token holds', () => {
  it.each([
    ['', 'room', true],
    ['0', 'room', false],
    ['room-*', 'room-42', true],
  ])('as channel %j admits to %j: %j', (held, channel, admits) => {
    expect(admitsChannel(held, channel)).toBe(admits)
  })

  it.each([
    ['', '7', true],
    ['0', '7', true],
    ['*', '', true],
    ['1*', '1234', true],
    ['7', '', false],
  ])('as user %j admits %j: %j', (held, user, admits) => {
    expect(admitsUser(held, user)).toBe(admits)
  })
})

describe('servicesOfSession', () => {
  const lobby = { channel: 'lobby', user: '7' }
  const room = { channel: 'room', user: '7' }
  const rooms = { channel: 'room*', user: '' }

  it('finds the same ones in any order', () => {
    for (const services of [
      [lobby, room],
      [room, lobby],
    ]) {
      expect(servicesOfSession(services, { channel: 'room', user: '7' })).toEqual([room])
    }
  })

  it('finds by pattern, and by what is known', () => {
    const all = [lobby, room, rooms]
    expect(servicesOfSession(all, { channel: 'room', user: '8' })).toEqual([rooms])
    expect(servicesOfSession(all, { channel: 'room', user: undefined })).toEqual([room, rooms])
    expect(servicesOfSession(all, {})).toEqual(all)
    expect(servicesOfSession(all, { channel: 'hall' })).toEqual([])
  })
})
