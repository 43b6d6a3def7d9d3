import { describe, expect, it } from 'vitest'

import { Refusal } from '../errors/refusal.ts'
import { readWish } from './read-wish.ts'

const OFFER = { services: ['rtc'], ttl: { min: 60, default: 3600, max: 7200 } } as const
const ROOM = { channel: 'room-42' }

describe('readWish', () => {
  it('fills in the defaults', () => {
    expect(readWish(ROOM, OFFER)).toEqual({
      services: ['rtc'],
      channel: 'room-42',
      identity: undefined,
      role: undefined,
      ttl: 3600,
      previousToken: undefined,
      params: {},
    })
  })

  it.each([
    [{ uid: 1 }, { identity: { uid: 1 } }],
    [{ uid: 4_294_967_295 }, { identity: { uid: 4_294_967_295 } }],
    [{ uid: '4294967295' }, { identity: { uid: 4_294_967_295 } }],
    [{ account: 'alice' }, { identity: { account: 'alice' } }],
    [{ account: '0' }, { identity: { account: '0' } }],
    [{ account: 'a'.repeat(255) }, { identity: { account: 'a'.repeat(255) } }],
    [{ channel: 'c'.repeat(63) }, { channel: 'c'.repeat(63) }],
    [{ role: 'publisher' }, { role: 'publisher' }],
    [{ services: ['rtc'] }, { services: ['rtc'] }],
    [{ ttl: 60 }, { ttl: 60 }],
    [{ ttl: '90s' }, { ttl: 90 }],
    [{ ttl: '15m' }, { ttl: 900 }],
    [{ ttl: '1h' }, { ttl: 3600 }],
    [{ ttl: 7201 }, { ttl: 7200 }],
    [{ ttl: 999_999_999 }, { ttl: 7200 }],
    [{ params: { seat: 3 } }, { params: { seat: 3 } }],
    [{ params: { text: '__proto__' } }, { params: { text: '__proto__' } }],
  ])('takes %j', (members, expected) => {
    expect(readWish({ ...ROOM, ...members }, OFFER)).toMatchObject(expected)
  })

  it.each([
    { text: '{"constructor":1,"prototype":2,"__proto__":3}' },
    { 'a,"constructor': 1, '{"prototype': 2, constructors: 3, Prototype: 4, __proto: 5 },
  ])('takes the params %j, in which no member is named as in a prototype', (params) => {
    expect(readWish({ ...ROOM, params }, OFFER)).toMatchObject({ params })
  })

  it('takes a member that is undefined for absent', () => {
    const nothing = { services: undefined, uid: undefined, account: undefined, role: undefined }
    const more = { ttl: undefined, previousToken: undefined, params: undefined }
    const wish = readWish(ROOM, OFFER)
    expect(readWish({ ...ROOM, ...nothing, ...more }, OFFER)).toEqual(wish)
    expect(readWish({ ...ROOM, ...nothing, uid: 7 }, OFFER).identity).toEqual({ uid: 7 })
  })

  it.each([
    [{ channel: undefined }, ['/channel']],
    [{ channel: undefined, previousToken: undefined }, ['/channel']],
    [{ channel: undefined, rol: undefined }, ['/rol', '/channel']],
  ])('misses what is undefined in %o', (members, pointers) => {
    const { errors } = refusalOf({ ...ROOM, ...members })
    expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers)
  })

  it('lets the channel be missing beside a previous token', () => {
    expect(readWish({ previousToken: '007x' }, OFFER).channel).toBeUndefined()
  })

  const params = (bytes: number): object => ({ params: { p: 'x'.repeat(bytes - 8) } })

  it('takes params of 1024 bytes', () => {
    expect(JSON.stringify(readWish({ ...ROOM, ...params(1024) }, OFFER).params)).toHaveLength(1024)
  })

  it.each([
    [{ channel: undefined }, 'channel_invalid', '/channel'],
    [{ channel: null }, 'channel_invalid', '/channel'],
    [{ channel: 7 }, 'channel_invalid', '/channel'],
    [{ channel: 'c'.repeat(64) }, 'channel_invalid', '/channel'],
    [{ channel: 'room/42' }, 'channel_invalid', '/channel'],
    [{ channel: 'room*' }, 'channel_invalid', '/channel'],
    [{ channel: 'räum' }, 'channel_invalid', '/channel'],
    [{ channel: 'a\r\nset-cookie: b' }, 'channel_invalid', '/channel'],
    [{ channel: '\ud800' }, 'channel_invalid', '/channel'],
    [{ channel: '*' }, 'wildcard_refused', '/channel'],
    [{ channel: ' * ' }, 'wildcard_refused', '/channel'],
    [{ channel: '' }, 'wildcard_refused', '/channel'],
    [{ channel: ' \t' }, 'wildcard_refused', '/channel'],
    [{ account: '*' }, 'wildcard_refused', '/account'],
    [{ account: '' }, 'wildcard_refused', '/account'],
    [{ account: 'a'.repeat(256) }, 'identity_invalid', '/account'],
    [{ account: 'a"b' }, 'identity_invalid', '/account'],
    [{ account: 7 }, 'identity_invalid', '/account'],
    [{ account: null }, 'identity_invalid', '/account'],
    [{ uid: 0 }, 'identity_invalid', '/uid'],
    [{ uid: '0' }, 'identity_invalid', '/uid'],
    [{ uid: -1 }, 'identity_invalid', '/uid'],
    [{ uid: 1.5 }, 'identity_invalid', '/uid'],
    [{ uid: 4_294_967_296 }, 'identity_invalid', '/uid'],
    [{ uid: '4294967296' }, 'identity_invalid', '/uid'],
    [{ uid: 1e21 }, 'identity_invalid', '/uid'],
    [{ uid: '007' }, 'identity_invalid', '/uid'],
    [{ uid: '1e3' }, 'identity_invalid', '/uid'],
    [{ uid: 'alice' }, 'identity_invalid', '/uid'],
    [{ uid: '' }, 'identity_invalid', '/uid'],
    [{ uid: null }, 'identity_invalid', '/uid'],
    [{ uid: true }, 'identity_invalid', '/uid'],
    [{ uid: [1] }, 'identity_invalid', '/uid'],
    [{ uid: 1, account: 'alice' }, 'identity_ambiguous', '/account'],
    [{ role: 'admin' }, 'role_unknown', '/role'],
    [{ role: 'Publisher' }, 'role_unknown', '/role'],
    [{ role: 1 }, 'role_unknown', '/role'],
    [{ role: ['publisher'] }, 'role_unknown', '/role'],
    [{ ttl: 59 }, 'ttl_invalid', '/ttl'],
    [{ ttl: 0 }, 'ttl_invalid', '/ttl'],
    [{ ttl: -3600 }, 'ttl_invalid', '/ttl'],
    [{ ttl: 90.5 }, 'ttl_invalid', '/ttl'],
    [{ ttl: '3600' }, 'ttl_invalid', '/ttl'],
    [{ ttl: '1d' }, 'ttl_invalid', '/ttl'],
    [{ ttl: '1h30m' }, 'ttl_invalid', '/ttl'],
    [{ ttl: '-1h' }, 'ttl_invalid', '/ttl'],
    [{ ttl: '0h' }, 'ttl_invalid', '/ttl'],
    [{ ttl: '' }, 'ttl_invalid', '/ttl'],
    [{ ttl: null }, 'ttl_invalid', '/ttl'],
    [{ ttl: 1e9 }, 'ttl_looks_absolute', '/ttl'],
    [{ ttl: 1_795_291_741 }, 'ttl_looks_absolute', '/ttl'],
    [{ ttl: 1_795_291_741_123 }, 'ttl_looks_absolute', '/ttl'],
    [{ ttl: 1_795_291_741.5 }, 'ttl_looks_absolute', '/ttl'],
    [{ ttl: '1795291741s' }, 'ttl_looks_absolute', '/ttl'],
    [{ services: [] }, 'invalid_request', '/services'],
    [{ services: 'rtc' }, 'invalid_request', '/services'],
    [{ services: ['rtc', 'rtc'] }, 'invalid_request', '/services'],
    [{ services: ['rtc', 'rtm'] }, 'invalid_request', '/services'],
    [{ services: [['rtc']] }, 'invalid_request', '/services'],
    [{ previousToken: 7 }, 'previous_token_invalid', '/previousToken'],
    [{ previousToken: null }, 'previous_token_invalid', '/previousToken'],
    [{ params: [] }, 'invalid_request', '/params'],
    [{ params: 'seat=3' }, 'invalid_request', '/params'],
    [params(1025), 'invalid_request', '/params'],
    [{ params: { p: 'ä'.repeat(510) } }, 'invalid_request', '/params'],
    [{ rol: 'publisher' }, 'invalid_request', '/rol'],
    [{ Channel: 'room-42' }, 'invalid_request', '/Channel'],
    [{ 'a/b~c': 1 }, 'invalid_request', '/a~1b~0c'],
    [{ privilegeExpiredTs: 0 }, 'invalid_request', '/privilegeExpiredTs'],
  ])('refuses %o', (members, code, pointer) => {
    const body: unknown = JSON.parse(JSON.stringify({ ...ROOM, ...members }))
    const refusal = refusalOf(body)
    expect(refusal.code).toBe(code)
    expect(refusal.errors?.map((error) => error.pointer)).toEqual([pointer])
    // The pointer names the member; the detail does not repeat it.
    expect(refusal.detail).toBe(`${pointer}: ${refusal.errors?.[0]?.detail}`)
    expect(refusal.errors?.[0]?.detail).not.toMatch(/^\w+: /)
  })

  it('says where to read about the pattern that a channel would be', () => {
    expect(refusalOf({ ...ROOM, channel: 'room-*' }).detail).toMatch(
      /^\/channel: character U\+002A .*\/rtc-token\/patterns$/,
    )
  })

  describe.each(['__proto__', 'constructor', 'prototype'])(
    'refuses a member of params named %s',
    (name) => {
      it.each(['{"NAME":1}', '{"x":0,"NAME":{}}', '{"a":[[{"NAME":{"b":1}}]]}'])(
        'in %s',
        (text) => {
          const params: unknown = JSON.parse(text.replace('NAME', name))
          expect(refusalOf({ ...ROOM, params })).toMatchObject({
            code: 'invalid_request',
            detail: `/params: a member named ${name} is refused`,
          })
        },
      )
    },
  )

  it('names the mistake of a timestamp instead of a length of time', () => {
    expect(refusalOf({ ...ROOM, ttl: 1_795_291_741 }).detail).toContain('this is a timestamp')
  })

  it('names every member at fault, under the first code that is specific', () => {
    const refusal = refusalOf({ rol: 'x', services: [], channel: '*', uid: 0, ttl: 'soon' })
    expect(refusal.code).toBe('wildcard_refused')
    const pointers = refusal.errors?.map((error) => error.pointer)
    expect(pointers).toEqual(['/rol', '/services', '/channel', '/uid', '/ttl'])
  })

  it('keeps the reply to thousands of unknown members short', () => {
    const names = Array.from({ length: 1300 }, (_, index) => [`m${index}`, 1])
    expect(refusalOf({ ...ROOM, ...Object.fromEntries(names) }).errors).toHaveLength(32)
  })

  it('treats an own member named __proto__ as unknown', () => {
    const body: unknown = JSON.parse('{"channel":"room-42","__proto__":{"role":"publisher"}}')
    expect(refusalOf(body)).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/__proto__' }],
    })
  })

  it('takes nothing from the prototype of the body', () => {
    const body: unknown = Object.create({ channel: 'room-42' })
    expect(refusalOf(body).code).toBe('channel_invalid')
  })

  it.each([[[]], [null], ['text'], [7], [true], [[ROOM]]])('refuses the body %j', (body) => {
    expect(refusalOf(body).code).toBe('invalid_request')
  })
})

function refusalOf(body: unknown): Refusal {
  try {
    readWish(body, OFFER)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('expected a refusal')
}
