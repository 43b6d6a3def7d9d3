import { describe, expect, it } from 'vitest'

import { limitKey } from './limit-key.ts'

describe('limitKey', () => {
  it('hashes what leaves the process, the same way in each', () => {
    expect(limitKey('subject', 'anna', false)).toBe('subject:55579b557896d0ce1764c47fed644f9b')
    expect(limitKey('channel', 'anna', false)).toBe('channel:55579b557896d0ce1764c47fed644f9b')
  })

  it('leaves short names as they are that stay, and hashes long ones', () => {
    expect(limitKey('subject', 'a'.repeat(64), true)).toBe(`subject=${'a'.repeat(64)}`)
    expect(limitKey('subject', 'a'.repeat(65), true)).toMatch(/^subject:[0-9a-f]{32}$/)
  })

  it('counts an address by its network, and no name that looks like one', () => {
    for (const isLocal of [true, false]) {
      expect(limitKey('ip', '2001:db8::1', isLocal)).toBe(limitKey('ip', '2001:db8::2', isLocal))
      expect(limitKey('subject', '2001:db8::1', isLocal)).not.toBe(
        limitKey('subject', '2001:db8::2', isLocal),
      )
    }
  })
})
