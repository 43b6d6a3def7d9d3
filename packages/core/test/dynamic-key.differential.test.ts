import { createHash, createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as dynamicKey from '../src/dynamic-key/index.ts'
import { nameOfOlderKey } from '../src/dynamic-key/recognise-key.ts'
import { agoraFile, type AnyBuilder } from './support/agora-packages.ts'

// Random keys against the same worked out with node:crypto and Buffer from the description of the
// format, and 005 against Agora's own code.

const ALPHABET =
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,'
const u32 = fc.oneof(fc.nat(), fc.constantFrom(0, 1, 0xffff_ffff), fc.integer({ min: 0, max: 9e8 }))
const moment = fc.integer({ min: 1e9, max: 0xffff_ffff })
const hex32 = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
  minLength: 32,
  maxLength: 32,
})
const name = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength })

const keys = fc.record({
  appId: hex32,
  appCertificate: hex32,
  channel: name(63),
  issuedAt: u32,
  salt: u32,
  uid: u32,
  expiresAt: fc.oneof(moment, fc.constant(0)),
})
const services = fc.constantFrom('media', 'recording', 'public-sharing')
const permissions = fc.constantFrom('no-upload', 'audio-video-upload')

const sha1 = (key: string | Buffer, message: string | Buffer) =>
  createHmac('sha1', key).update(message).digest('hex')
const ten = (value: number) => `000000000${value}`.slice(-10)
const eight = (value: number) => `0000000${value.toString(16)}`.slice(-8)

interface Key {
  readonly appId: string
  readonly appCertificate: string
  readonly channel: string
  readonly issuedAt: number
  readonly salt: number
  readonly uid: number
  readonly expiresAt: number
}

function expected001({ appId, appCertificate, channel, issuedAt, salt }: Key): string {
  const fields = [appId, ten(issuedAt), eight(salt)]
  return [sha1(appCertificate, [...fields, channel].join('')), ...fields].join('')
}

function expected002({ appId, appCertificate, channel, issuedAt, salt, uid, expiresAt }: Key) {
  const fields = [appId, ten(issuedAt), eight(salt)]
  const user = [ten(uid), ten(expiresAt)]
  return [sha1(appCertificate, [...fields, channel, ...user].join('')), ...fields, ...user].join('')
}

function expected004(key: Key, service: string): string {
  const word = { media: 'ACS', recording: 'ARS', 'public-sharing': 'APSS' }[service]
  const fields = [key.appId, ten(key.issuedAt), eight(key.salt)]
  const signed = [word, ...fields, key.channel, ten(key.uid), ten(key.expiresAt)].join('')
  return ['004', sha1(key.appCertificate, signed), ...fields, ten(key.expiresAt)].join('')
}

function number(value: number, size: 2 | 4): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntLE(value, 0, size)
  return bytes
}

const string = (bytes: Buffer) => Buffer.concat([number(bytes.length, 2), bytes])

function expected005(key: Key, service: number, permission: string | undefined): string {
  const start = [number(service, 2), string(Buffer.from(key.appId, 'hex'))]
  const times = [number(key.issuedAt, 4), number(key.salt, 4)]
  const end = number(key.expiresAt, 4)
  const extra = permission
    ? Buffer.concat([number(1, 2), number(1, 2), string(Buffer.from(permission))])
    : number(0, 2)
  const user = [string(Buffer.from(key.channel)), number(key.uid, 4)]
  const signed = Buffer.concat([...start, ...times, ...user, end, extra])
  const signature = sha1(Buffer.from(key.appCertificate, 'hex'), signed).toUpperCase()
  const [type, appId] = start
  const parts = [type!, string(Buffer.from(signature)), appId!, ...times, end, extra]
  return `005${Buffer.concat(parts).toString('base64')}`
}

const NUMBERS: Readonly<Record<string, number>> = { media: 1, recording: 2, 'public-sharing': 3 }

// A dependency of the tests; CommonJS.
const dynamicKey5 = createRequire(import.meta.url)(
  agoraFile('agora-access-token', 'src/DynamicKey5.js'),
) as AnyBuilder

/** The arguments that all of Agora's functions for 005 begin with. */
function argumentsOf(key: Key): readonly unknown[] {
  const { appId, appCertificate, channel, issuedAt, salt, uid, expiresAt } = key
  return [appId, appCertificate, channel, issuedAt, salt, uid, expiresAt]
}

describe('random keys', () => {
  it('are the same as worked out with node:crypto: 001', () => {
    check(keys, (key) => {
      const made = dynamicKey.createDynamicKey001(key)
      expect(made).toBe(expected001(key))
      expect(nameOfOlderKey(made)).toContain('001')
    })
  })

  it('are the same as worked out with node:crypto: 002 and 003', () => {
    check(keys, (key) => {
      const made = dynamicKey.createDynamicKey002(key)
      expect(made).toBe(expected002(key))
      expect(nameOfOlderKey(made)).toContain('002')
      expect(dynamicKey.createDynamicKey003(key)).toBe(`003${made}`)
    })
  })

  it('are the same as worked out with node:crypto: 004', () => {
    check(fc.tuple(keys, services), ([key, service]) => {
      expect(dynamicKey.createDynamicKey004({ ...key, service })).toBe(expected004(key, service))
    })
  })

  it('are the same as worked out with node:crypto and as by DynamicKey5: 005', () => {
    const calls = {
      media: 'generateMediaChannelKey',
      recording: 'generateRecordingKey',
      'public-sharing': 'generatePublicSharingKey',
    } as const
    check(fc.tuple(keys, services), ([key, service]) => {
      const made = dynamicKey.createDynamicKey005({ ...key, service })
      expect(made).toBe(expected005(key, NUMBERS[service]!, undefined))
      expect(made).toBe(dynamicKey5[calls[service]]!(...argumentsOf(key)))
    })
  })

  it('are the same as worked out with node:crypto and as by DynamicKey5: 005 in channel', () => {
    check(fc.tuple(keys, permissions), ([key, permission]) => {
      const options = { ...key, service: 'in-channel-permission', permission } as const
      const made = dynamicKey.createDynamicKey005(options)
      const digit = permission === 'no-upload' ? '0' : '3'
      expect(made).toBe(expected005(key, 4, digit))
      const theirs = dynamicKey5['generateInChannelPermissionKey']!(...argumentsOf(key), digit)
      expect(made).toBe(theirs)
    })
  })

  it('are the same as worked out with node:crypto: signaling', () => {
    const options = fc.record({
      appId: hex32,
      appCertificate: hex32,
      account: name(255),
      expiresAt: moment,
    })
    check(options, ({ appId, appCertificate, account, expiresAt }) => {
      const made = dynamicKey.createSignalingToken({ appId, appCertificate, account, expiresAt })
      const signed = account + appId + appCertificate + String(expiresAt)
      const digest = createHash('md5').update(signed).digest('hex')
      expect(made).toBe(['1', appId, expiresAt, digest].join(':'))
      expect(nameOfOlderKey(made)).toContain('signaling')
    })
  })
})

function check<T>(inputs: fc.Arbitrary<T>, property: (input: T) => void): void {
  fc.assert(fc.property(inputs, property), { numRuns: 300 })
}
