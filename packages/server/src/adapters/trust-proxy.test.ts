import { describe, expect, it } from 'vitest'

import { checkTrustProxy, clientAddress, plainAddress, type TrustProxy } from './trust-proxy.ts'

const EXPECTED =
  "trustProxy: a boolean, a number of hops from 0 to 32, 'loopback', 'linklocal', 'uniquelocal' or a list of addresses, ranges such as 10.0.0.0/8 and these names expected"

/** Who asks, believing these proxies, over a connection from this address with this header. */
function callerOf(trustProxy: TrustProxy, connection: string | undefined, forwarded?: string) {
  return clientAddress(connection, checkTrustProxy(trustProxy), forwarded)
}

describe('checkTrustProxy', () => {
  it.each([
    true,
    false,
    0,
    1,
    32,
    'loopback',
    'linklocal',
    'uniquelocal',
    [],
    ['10.0.0.1', '::1', 'loopback'],
    ['10.0.0.0/8', '10.1.2.3/32', '2001:db8::/32', '::1/128', '::ffff:10.0.0.0/104'],
  ])('takes %j', (value) => {
    expect(() => checkTrustProxy(value as TrustProxy)).not.toThrow()
  })

  it.each([
    ['all', '"all"'],
    ['constructor', '"constructor"'],
    ['1', '"1"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, 'object'],
    [-1, '-1'],
    [33, '33'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [['localhost'], '"localhost" in the list'],
    [[7], '7 in the list'],
    [[['10.0.0.1']], 'object in the list'],
    [[''], '"" in the list'],
    [['10.0.0.1:80'], '"10.0.0.1:80" in the list'],
    [['[::1]'], '"[::1]" in the list'],
    [['fe80::1%eth0'], '"fe80::1%eth0" in the list'],
    [['10.0.0.0/0'], '"10.0.0.0/0" in the list'],
    [['10.0.0.0/33'], '"10.0.0.0/33" in the list'],
    [['10.0.0.0/'], '"10.0.0.0/" in the list'],
    [['10.0.0.0/8/8'], '"10.0.0.0/8/8" in the list'],
    [['10.0.0.0/255.0.0.0'], '"10.0.0.0/255.0.0.0" in the list'],
    [['10.0.0/8'], '"10.0.0/8" in the list'],
    [['::1/129'], '"::1/129" in the list'],
    [['::ffff:10.0.0.0/96'], '"::ffff:10.0.0.0/96" in the list'],
    [['loopback/8'], '"loopback/8" in the list'],
  ])('refuses %j and says what was expected', (value, got) => {
    expect(() => checkTrustProxy(value as TrustProxy)).toThrow(
      new TypeError(`${EXPECTED}, got ${got}`),
    )
  })

  it('takes a copy of the list, which a later change does not reach', () => {
    const list = ['10.0.0.1']
    const trust = checkTrustProxy(list)
    list.push('10.0.0.2')
    expect(trust?.('10.0.0.1', 0)).toBe(true)
    expect(trust?.('10.0.0.2', 0)).toBe(false)
  })

  it('goes on to tell proxies from callers when it has seen very many', () => {
    const trust = checkTrustProxy(['10.0.0.0/16'])
    for (let i = 0; i < 3000; i += 1) {
      expect(trust?.(`10.0.${i >> 8}.${i & 255}`, 0)).toBe(true)
      expect(trust?.(`10.1.${i >> 8}.${i & 255}`, 0)).toBe(false)
    }
  })
})

describe('clientAddress', () => {
  it.each<[TrustProxy, string, string, string]>([
    // One way of writing for every address.
    ['loopback', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '127.0.0.1', ' 203.0.113.7 ', '203.0.113.7'],
    ['loopback', '127.0.0.1', '203.0.113.7:5678', '203.0.113.7'],
    ['loopback', '127.0.0.1', '"203.0.113.7:5678"', '203.0.113.7'],
    ['loopback', '127.0.0.1', '2001:db8::7', '2001:db8::7'],
    ['loopback', '127.0.0.1', '[2001:db8::7]', '2001:db8::7'],
    ['loopback', '127.0.0.1', '[2001:db8::7]:443', '2001:db8::7'],
    ['loopback', '127.0.0.1', '"[2001:db8::7]:443"', '2001:db8::7'],
    ['loopback', '127.0.0.1', ' "[::1]" ', '::1'],
    ['loopback', '127.0.0.1', 'fe80::7%eth0', 'fe80::7'],
    ['loopback', '127.0.0.1', '::ffff:203.0.113.7', '203.0.113.7'],
    ['loopback', '127.0.0.1', '::ffff:cb00:7107', '203.0.113.7'],
    ['loopback', '127.0.0.1', '[0:0:0:0:0:FFFF:CB00:7107]:1', '203.0.113.7'],
    // What is no address: the nearest that is known.
    ['loopback', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['loopback', '127.0.0.1', '_hidden', '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.777', '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.7:99999999', '127.0.0.1'],
    ['loopback', '::ffff:127.0.0.1', 'x'.repeat(9000), '127.0.0.1'],
    ['loopback', '127.0.0.1', '', '127.0.0.1'],
    ['loopback', '127.0.0.1', ' , ,', '127.0.0.1'],
    [['127.0.0.1', '10.0.0.1'], '127.0.0.1', 'unknown, 10.0.0.1:80', '10.0.0.1'],
    // Proxies that are believed, in any way of writing.
    ['loopback', '::1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '::ffff:7f00:1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '127.9.9.9', '203.0.113.7', '203.0.113.7'],
    ['uniquelocal', '192.168.3.4', '203.0.113.7', '203.0.113.7'],
    ['uniquelocal', 'fd12::1', '203.0.113.7', '203.0.113.7'],
    ['uniquelocal', '172.32.0.1', '203.0.113.7', '172.32.0.1'],
    ['linklocal', 'fe80::1%eth0', '203.0.113.7', '203.0.113.7'],
    [['10.0.0.0/8'], '10.255.0.1', '203.0.113.7', '203.0.113.7'],
    [['10.0.0.0/8'], '11.0.0.1', '203.0.113.7', '11.0.0.1'],
    [['10.1.2.3/8'], '10.255.0.1', '203.0.113.7', '203.0.113.7'],
    [['10.0.0.0/8'], '::ffff:a01:203', '203.0.113.7', '203.0.113.7'],
    [['::ffff:10.0.0.0/104'], '10.1.2.3', '203.0.113.7', '203.0.113.7'],
    [['::ffff:a00:1'], '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    [['fd00::/8'], 'fd12::1', '203.0.113.7', '203.0.113.7'],
    [['fd00::/8'], 'fc12::1', '203.0.113.7', 'fc12::1'],
    [['2001:db8::/32'], '2001:DB8:1:0::9', '203.0.113.7', '203.0.113.7'],
    [['2001:db8::/33'], '2001:db8:8000::9', '203.0.113.7', '2001:db8:8000::9'],
    [['loopback', '10.0.0.0/8'], '127.0.0.1', '203.0.113.7, 10.0.0.9:80', '203.0.113.7'],
    [['10.0.0.1'], '127.0.0.1', '203.0.113.7', '127.0.0.1'],
    // The first from the end that is no proxy, and nothing that the caller wrote before.
    ['loopback', '127.0.0.1', '203.0.113.8, 203.0.113.7, 127.0.0.1', '203.0.113.7'],
    ['loopback', '127.0.0.1', '127.0.0.1, 127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['loopback', '127.0.0.1', '"a, b", 203.0.113.7', '203.0.113.7'],
    ['loopback', '127.0.0.1', '127.0.0.2, 127.0.0.3', '127.0.0.2'],
    // A number of hops.
    [1, '192.0.2.1', '203.0.113.8, 203.0.113.7', '203.0.113.7'],
    [2, '192.0.2.1', '203.0.113.8, 203.0.113.7, 192.0.2.2', '203.0.113.7'],
    [2, '192.0.2.1', '203.0.113.7', '203.0.113.7'],
    [2, '192.0.2.1', 'unknown, 192.0.2.2', '192.0.2.2'],
    [1, '192.0.2.1', '', '192.0.2.1'],
    [0, '127.0.0.1', '203.0.113.7', '127.0.0.1'],
    // Everybody, or only the connection.
    [true, '192.0.2.1', '203.0.113.8, 203.0.113.7', '203.0.113.8'],
    [true, '192.0.2.1', 'unknown, 203.0.113.7', '203.0.113.7'],
    [false, '127.0.0.1', '203.0.113.7', '127.0.0.1'],
    [false, '::ffff:7f00:1', '203.0.113.7', '127.0.0.1'],
    [[], '127.0.0.1', '203.0.113.7', '127.0.0.1'],
  ])(
    'believing %j, over a connection from %s with %j, says %s',
    (trustProxy, connection, forwarded, expected) => {
      expect(callerOf(trustProxy, connection, forwarded)).toBe(expected)
    },
  )

  it('knows nothing of a Unix socket but what a proxy says that is believed', () => {
    expect(callerOf(false, undefined, '203.0.113.7')).toBeUndefined()
    expect(callerOf('loopback', undefined, '203.0.113.7')).toBeUndefined()
    expect(callerOf(1, undefined, '203.0.113.8, 203.0.113.7')).toBe('203.0.113.7')
    expect(callerOf(true, undefined, '203.0.113.7')).toBe('203.0.113.7')
  })

  it('passes on what a host says that is no address', () => {
    expect(callerOf('loopback', 'test-invoke-source-ip')).toBe('test-invoke-source-ip')
  })

  it('reads several headers as one list', () => {
    const trust = checkTrustProxy('loopback')
    expect(clientAddress('127.0.0.1', trust, ['203.0.113.8', '203.0.113.7'])).toBe('203.0.113.7')
  })

  it('reads the end of a header, however much a caller has written before', () => {
    const flood = '127.0.0.1, '.repeat(1400)
    expect(callerOf('loopback', '127.0.0.1', `${flood}203.0.113.7`)).toBe('203.0.113.7')
    let asked = 0
    const trust = (): boolean => (asked += 1) > 0
    expect(clientAddress('127.0.0.1', trust, `203.0.113.7, ${flood}10.0.0.1`)).toBe('127.0.0.1')
    expect(asked).toBeLessThan(130)
  })

  it('takes no part of an address for one, where the header is longer than it reads', () => {
    const rest = ', 127.0.0.1'.repeat(93)
    expect(rest).toHaveLength(1023)
    expect(callerOf('loopback', '127.0.0.1', `203.0.113.7${rest}`)).toBe('127.0.0.1')
  })
})

describe('plainAddress', () => {
  it.each(['', 'a', '1.2.3', '1.2.3.4.5', '::1::', ':::', '1::2::3', '[::1', '::ffff:1.2.3.400'])(
    'knows that %j is no address',
    (text) => {
      expect(plainAddress(text)).toBeUndefined()
    },
  )
})
