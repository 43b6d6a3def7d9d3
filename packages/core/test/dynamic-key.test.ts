import { describe, expect, it } from 'vitest'
import * as dynamicKey from '../src/dynamic-key/index.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const key = { appId, appCertificate, channel: 'room-42', uid: 7, expiresAt: 1_790_000_000 }
const signaling = { appId, appCertificate, account: 'alice', expiresAt: 1_790_000_000 }

type Create = (change: object) => string

/** Every function, called with good options that a test changes. */
const DYNAMIC_KEYS: Readonly<Record<string, Create>> = {
  createDynamicKey001: (change) => dynamicKey.createDynamicKey001({ ...key, ...change }),
  createDynamicKey002: (change) => dynamicKey.createDynamicKey002({ ...key, ...change }),
  createDynamicKey003: (change) => dynamicKey.createDynamicKey003({ ...key, ...change }),
  createDynamicKey004: (change) =>
    dynamicKey.createDynamicKey004({ ...key, service: 'media', ...change }),
  createDynamicKey005: (change) =>
    dynamicKey.createDynamicKey005({ ...key, service: 'media', ...change }),
}
const createSignalingToken: Create = (change) =>
  dynamicKey.createSignalingToken({ ...signaling, ...change })

const { createDynamicKey001: _, ...USER_KEYS } = DYNAMIC_KEYS
const { createDynamicKey004, createDynamicKey005 } = DYNAMIC_KEYS

type Refusal = readonly [code: string, what: string, change: object, message: string]

function refuses(create: Create, [code, , change, message]: Refusal): void {
  expect(() => create(change)).toThrow(
    expect.objectContaining({
      name: 'TokenError',
      code,
      message: expect.stringContaining(message) as string,
    }),
  )
}

describe('the names that ./dynamic-key exports', () => {
  it('are these', () => {
    expect(Object.keys(dynamicKey).toSorted()).toEqual([
      'TokenError',
      'createDynamicKey001',
      'createDynamicKey002',
      'createDynamicKey003',
      'createDynamicKey004',
      'createDynamicKey005',
      'createSignalingToken',
      'isTokenError',
    ])
  })
})

describe.each(Object.entries({ ...DYNAMIC_KEYS, createSignalingToken }))('%s', (_name, create) => {
  it.each<Refusal>([
    ['APP_ID_INVALID', 'no App ID', { appId: '' }, 'App ID: 32 hexadecimal digits'],
    ['APP_ID_INVALID', 'an App ID with a blank', { appId: `${appId.slice(1)} ` }, 'App ID'],
    ['APP_CERTIFICATE_INVALID', 'no certificate', { appCertificate: undefined }, 'undefined'],
    [
      'APP_CERTIFICATE_INVALID',
      'a short one',
      { appCertificate: 'abc' },
      'a string of 3 characters',
    ],
  ])('refuses with %s: %s', (...refusal) => refuses(create, refusal))

  it('repeats no certificate in an error', () => {
    const almost = `${appCertificate.slice(1)}x`
    expect(() => create({ appCertificate: almost })).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining(almost.slice(0, 8)) as string,
      }),
    )
  })
})

describe.each(Object.entries(DYNAMIC_KEYS))('%s', (_name, create) => {
  it.each<Refusal>([
    ['CHANNEL_INVALID', 'no channel', { channel: '' }, '1 to 63 bytes'],
    ['CHANNEL_INVALID', 'a long channel', { channel: 'a'.repeat(64) }, 'at most 63 bytes'],
    ['CHANNEL_INVALID', 'every channel', { channel: '*' }, 'U+002A'],
    ['ISSUED_AT_INVALID', 'a time in milliseconds', { issuedAt: 1_790_000_000_000 }, 'issuedAt'],
    ['ISSUED_AT_INVALID', 'half a second', { issuedAt: 1_790_000_000.5 }, 'got 1790000000.5'],
    ['SALT_INVALID', 'a salt of 33 bits', { salt: 2 ** 32 }, 'got 4294967296'],
    ['SALT_INVALID', 'a negative salt', { salt: -1 }, 'got -1'],
  ])('refuses with %s: %s', (...refusal) => refuses(create, refusal))

  it('gives the same key for the same salt and time, and another without a salt', () => {
    const fixed = { issuedAt: 1_700_000_000, salt: 1 }
    expect(create(fixed)).toBe(create(fixed))
    expect(create({ issuedAt: 1_700_000_000 })).not.toBe(create({ issuedAt: 1_700_000_000 }))
  })
})

describe('createDynamicKey001', () => {
  it('is issued now where no time is given', () => {
    const before = Math.floor(Date.now() / 1000)
    const issuedAt = Number(dynamicKey.createDynamicKey001(key).slice(72, 82))
    expect(issuedAt).toBeGreaterThanOrEqual(before)
    expect(issuedAt).toBeLessThanOrEqual(Date.now() / 1000)
  })
})

describe.each(Object.entries(USER_KEYS))('%s', (_name, create) => {
  it.each<Refusal>([
    ['UID_INVALID', 'no uid', { uid: undefined }, 'got undefined'],
    ['UID_INVALID', 'a uid as text', { uid: '7' }, 'a string of 1 characters'],
    ['UID_INVALID', 'a uid of 33 bits', { uid: 2 ** 32 }, 'got 4294967296'],
    ['UID_INVALID', 'a negative uid', { uid: -1 }, 'got -1'],
    ['CLAIM_INVALID', 'no end', { expiresAt: undefined }, 'expiresAt: 0 or a Unix timestamp'],
    ['CLAIM_INVALID', 'a length of time as end', { expiresAt: 3600 }, 'a length of time'],
    ['CLAIM_INVALID', 'an end in milliseconds', { expiresAt: 1_790_000_000_000 }, '4294967295'],
    ['CLAIM_INVALID', 'half a second', { expiresAt: 1_790_000_000.5 }, '1790000000.5'],
    ['CLAIM_INVALID', 'no number', { expiresAt: Number.NaN }, 'got NaN'],
  ])('refuses with %s: %s', (...refusal) => refuses(create, refusal))

  it('takes uid 0 for any user, and an end of 0 for none', () => {
    expect(create({ uid: 0, expiresAt: 0 })).toMatch(/^\w+[=+/\w]*$/)
  })
})

describe('createDynamicKey004 and createDynamicKey005', () => {
  const services: readonly Refusal[] = [
    ['SERVICES_INVALID', 'no service', { service: undefined }, 'one of media, recording,'],
    ['SERVICES_INVALID', 'another service', { service: 'live' }, 'got another string'],
    ['SERVICES_INVALID', 'a name every object has', { service: 'constructor' }, 'another string'],
    ['SERVICES_INVALID', 'the number of a service', { service: 1 }, 'got 1'],
  ]

  it.each(services)('refuse with %s: %s', (...refusal) => {
    refuses(createDynamicKey004!, refusal)
    refuses(createDynamicKey005!, refusal)
  })

  it('differ in that only 005 has the permission in the channel', () => {
    const change = { service: 'in-channel-permission', permission: 'no-upload' }
    refuses(createDynamicKey004!, ['SERVICES_INVALID', '', change, 'public-sharing expected'])
    expect(createDynamicKey005!(change)).toMatch(/^005BAAoA/)
  })

  it.each<Refusal>([
    ['PERMISSION_INVALID', 'none', { service: 'in-channel-permission' }, 'got undefined'],
    [
      'PERMISSION_INVALID',
      'the digit of the format',
      { service: 'in-channel-permission', permission: '3' },
      'one of no-upload, audio-video-upload expected',
    ],
    [
      'PERMISSION_INVALID',
      'one where none belongs',
      { service: 'media', permission: 'no-upload' },
      'none for service media',
    ],
  ])('refuse with %s: %s', (...refusal) => refuses(createDynamicKey005!, refusal))
})

describe('createSignalingToken', () => {
  it.each<Refusal>([
    ['ACCOUNT_INVALID', 'no account', { account: '' }, '1 to 255 bytes'],
    ['ACCOUNT_INVALID', 'a number', { account: 7 }, 'got 7'],
    ['ACCOUNT_INVALID', 'a long account', { account: 'a'.repeat(256) }, 'at most 255 bytes'],
    ['ACCOUNT_INVALID', 'half a character', { account: '\ud800' }, 'U+D800'],
    ['CLAIM_INVALID', 'a length of time as end', { expiresAt: 86_400 }, 'a length of time'],
    ['CLAIM_INVALID', 'no end', { expiresAt: 0 }, 'expiresAt: a Unix timestamp'],
  ])('refuses with %s: %s', (...refusal) => refuses(createSignalingToken, refusal))
})
