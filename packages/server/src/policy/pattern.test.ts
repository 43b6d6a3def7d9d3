/* oxlint-disable no-template-curly-in-string -- patterns are written that way */
import { describe, expect, it } from 'vitest'

import { compilePattern, matchesGlob, matchesPieces } from './pattern.ts'

function matches(pattern: string, channel: string, subject: unknown = {}): boolean {
  const pieces = compilePattern(pattern, 'channel')(subject)
  return pieces !== undefined && matchesPieces(pieces, channel)
}

describe('matchesGlob', () => {
  it.each([
    ['room', 'room', true],
    ['room', 'rooms', false],
    ['room', 'Room', false],
    ['*', 'room', true],
    ['*', '', true],
    ['**', 'room', true],
    ['room-*', 'room-', true],
    ['room-*', 'room-42', true],
    ['room-*', 'xroom-42', false],
    ['*-room', 'a-room', true],
    ['*-room', 'a-rooms', false],
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*a*b*', 'xaxbx', true],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'aba', false],
    ['a.c', 'abc', false],
    ['[a-z]+', 'abc', false],
    ['a?c', 'abc', false],
    ['(a|b)', 'a', false],
    ['a\\*', 'a*', false],
    ['${subject.id}', '${subject.id}', true],
  ])('%s against %s: %s', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected)
  })

  it('agrees with a regular expression on all short strings', () => {
    const texts = ['', 'a', 'b', 'aa', 'ab', 'ba', 'bb', 'aab', 'aba', 'abb', 'baa', 'bab', 'abab']
    const globs = [
      '*',
      'a*',
      '*a',
      'a*b',
      '*a*',
      'a*a',
      '*a*b',
      'ab*ab',
      'a*b*a',
      '*ab*b*',
      'a*a*b',
    ]
    for (const glob of globs) {
      const pattern = new RegExp(`^${glob.replaceAll('*', '.*')}$`)
      for (const text of texts) expect(matchesGlob(glob, text)).toBe(pattern.test(text))
    }
  })

  it('stays quick where a regular expression would not', () => {
    const glob = '*a'.repeat(40)
    const text = `${'a'.repeat(5000)}b`
    const start = process.cpuUsage()
    expect(matchesGlob(glob, text)).toBe(false)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })
})

describe('compilePattern', () => {
  const alice = { id: 'alice', tenant: 'acme', seat: 7, claims: { org: 'acme' } }

  it.each([
    ['tenant-${subject.tenant}-*', 'tenant-acme-room', true],
    ['tenant-${subject.tenant}-*', 'tenant-acme-', true],
    ['tenant-${subject.tenant}-*', 'tenant-acmee-room', false],
    ['tenant-${subject.tenant}-*', 'tenant-other-room', false],
    ['${subject.tenant}:${subject.id}', 'acme:alice', true],
    ['${subject.tenant}:${subject.id}', 'alice:acme', false],
    ['seat-${subject.seat}', 'seat-7', true],
    ['*-${subject.claims.org}', 'x-acme', true],
  ])('%s lets alice of acme into %s: %s', (pattern, channel, expected) => {
    expect(matches(pattern, channel, alice)).toBe(expected)
  })

  it('takes a subject that is a string', () => {
    expect(matches('user-${subject}', 'user-alice', 'alice')).toBe(true)
    expect(matches('user-${subject.id}', 'user-alice', 'alice')).toBe(false)
  })

  it.each([
    ['*'],
    ['**'],
    ['.*'],
    ['[^-]+'],
    ['${subject.id}'],
    ['$&'],
    ['a|b'],
    ['(?:)'],
    ['\\w+'],
  ])('takes a tenant named %s for itself alone', (tenant) => {
    const subject = { id: 'alice', tenant }
    for (const channel of ['tenant-acme-room', 'tenant--room', 'tenant-alice-room']) {
      expect(matches('tenant-${subject.tenant}-*', channel, subject)).toBe(false)
    }
    expect(matches('tenant-${subject.tenant}-*', `tenant-${tenant}-room`, subject)).toBe(true)
  })

  it.each([
    [{}],
    [{ tenant: undefined }],
    [{ tenant: null }],
    [{ tenant: '' }],
    [{ tenant: true }],
    [{ tenant: 1.5 }],
    [{ tenant: Number.NaN }],
    [{ tenant: ['acme'] }],
    [{ tenant: { toString: () => 'acme' } }],
    [null],
    [undefined],
    ['acme'],
  ])('matches nothing where the subject %j lacks the value', (subject) => {
    const pattern = 'tenant-${subject.tenant}-*'
    const channels = ['acme', '', 'undefined', 'null', 'true', 'NaN', '[object Object]', '1.5']
    for (const tenant of channels) {
      expect(matches(pattern, `tenant-${tenant}-room`, subject)).toBe(false)
    }
    expect(matches(`x-*-\${subject.tenant}`, 'x-a-b', subject)).toBe(false)
  })

  it.each([
    [undefined, 'channel: non-empty string expected'],
    ['', 'channel: non-empty string expected'],
    [/room/, 'channel: non-empty string expected'],
    ['${subject.id}*', 'channel: text expected between a placeholder and its neighbour'],
    ['*${subject.id}', 'channel: text expected between a placeholder and its neighbour'],
    ['${subject.a}${subject.b}', 'channel: text expected between a placeholder and its neighbour'],
    ['a-${id}', 'channel: placeholder like ${subject.id} expected'],
    ['a-${subject.}', 'channel: placeholder like ${subject.id} expected'],
    ['a-${subject.id', 'channel: placeholder like ${subject.id} expected'],
    ['a-${ subject.id }', 'channel: placeholder like ${subject.id} expected'],
    ['a-${subject["id"]}', 'channel: placeholder like ${subject.id} expected'],
    ['a-${subject.id()}', 'channel: placeholder like ${subject.id} expected'],
    ['a-${}', 'channel: placeholder like ${subject.id} expected'],
  ])('stops the start at %s', (pattern, message) => {
    expect(() => compilePattern(pattern, 'channel')).toThrow(new TypeError(message))
  })
})
