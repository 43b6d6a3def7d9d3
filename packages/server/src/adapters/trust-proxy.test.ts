import { describe, expect, it } from 'vitest'

import { checkTrustProxy, clientAddress, type TrustProxy } from './trust-proxy.ts'

describe('checkTrustProxy', () => {
  it.each<TrustProxy>([true, false, 'loopback', ['10.0.0.1', '::1']])('takes %j', (value) => {
    expect(checkTrustProxy(value)).toEqual(value)
  })

  it('takes a copy of the list, which nobody can change later', () => {
    const list = ['10.0.0.1']
    const checked = checkTrustProxy(list)
    list.push('10.0.0.2')
    expect(checked).toEqual(['10.0.0.1'])
  })

  it.each([
    ['all', 'got string'],
    [null, 'got object'],
    [['10.0.0.0/8'], 'got "10.0.0.0/8" in the list'],
    [['localhost'], 'got "localhost" in the list'],
    [[7], 'got 7 in the list'],
  ])('refuses %j', (value, got) => {
    expect(() => checkTrustProxy(value as TrustProxy)).toThrow(
      new TypeError(`trustProxy: a boolean, 'loopback' or a list of addresses expected, ${got}`),
    )
  })
})

describe('clientAddress', () => {
  it.each([
    ['203.0.113.7', '127.0.0.1', '203.0.113.7'],
    ['2001:db8::7', '127.0.0.1', '2001:db8::7'],
    ['::ffff:203.0.113.7', '127.0.0.1', '203.0.113.7'],
    ['203.0.113.7:4711', '127.0.0.1', '127.0.0.1'],
    ['x'.repeat(9000), '::ffff:127.0.0.1', '127.0.0.1'],
    ['', '127.0.0.1', '127.0.0.1'],
    [undefined, undefined, undefined],
  ])('of %j over a connection from %j makes %j', (believed, connection, expected) => {
    expect(clientAddress(believed, connection)).toBe(expected)
  })
})
