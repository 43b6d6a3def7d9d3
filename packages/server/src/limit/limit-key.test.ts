import { describe, expect, it } from 'vitest'

import { addressKey, limitKey } from './limit-key.ts'

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

describe('addressKey', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:9::', '2001:db8:0:0::/64'],
    ['2001:db8:1::2:3:4:5', '2001:db8:1:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['', ''],
    ['a pipe', 'a pipe'],
  ])('counts %s as %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key)
  })

  it.each([
    '::ffff:203.0.113.9',
    '::FFFF:203.0.113.9',
    '::ffff:cb00:7109',
    '0:0:0:0:0:ffff:cb00:7109',
    '0000:0000:0000:0000:0000:ffff:CB00:7109',
    '0000:0000:0000:0000:0000:ffff:203.0.113.9',
    '0::0:ffff:203.0.113.9',
    '::ffff:203.0.113.9%1',
    '[::ffff:cb00:7109]:443',
    '::ffff:0:203.0.113.9',
    '64:ff9b::cb00:7109',
    '64:ff9b::203.0.113.9',
    '203.0.113.9:5678',
    ' 203.0.113.9 ',
    '"203.0.113.9:5678"',
  ])('counts %s as the IPv4 address that it is', (ip) => {
    expect(addressKey(ip)).toBe('203.0.113.9')
  })

  it.each(['[2001:db8::1]', '[2001:db8::1]:443', '"[2001:db8::2]"', ' 2001:db8::3 '])(
    'counts %s by its network',
    (ip) => {
      expect(addressKey(ip)).toBe('2001:db8:0:0::/64')
    },
  )

  it('keeps those apart that stand for different IPv4 addresses', () => {
    const mapped = Array.from({ length: 300 }, (_, i) => `::ffff:7f00:${i.toString(16)}`)
    expect(new Set(mapped.map(addressKey)).size).toBe(300)
  })

  it.each([
    '1:2',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':::',
    '::1.2.3.400',
    '::400.2.3.4',
    '::g',
    '12345::',
    `::${'1:'.repeat(5000)}`,
    `a${' '.repeat(100_000)}b`,
  ])('leaves what is no address its own key', (text) => {
    expect(addressKey(text)).toBe(text)
  })
})
