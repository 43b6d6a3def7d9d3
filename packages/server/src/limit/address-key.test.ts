import { describe, expect, it } from 'vitest'

import { addressKey } from './address-key.ts'

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
