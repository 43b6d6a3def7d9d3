import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createToken } from './create-token.ts'
import type { ServiceGrant } from '../service/grant-claims.ts'
import { rtc } from '../service/rtc.ts'
import { rtm } from '../service/rtm.ts'
import type { KnownService } from '../layout/layouts.ts'
import { encode007 } from '../version-007/encode-007.ts'
import type { VerifyExpectations } from '../checks/verify-expectations.ts'
import { verifyToken } from './verify-token.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const otherCertificate = '6CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_700_000_000

function token(version: '006' | '007', who: Parameters<typeof rtc>[0] = member): string {
  return createToken({ version, appId, appCertificate, ttl: 600, issuedAt, services: [rtc(who)] })
}

const member = { channel: 'room-42', uid: 1234, role: 'publisher' } as const
const good = { appCertificate, appId, channel: 'room-42', uid: 1234, now: issuedAt + 1 } as const

describe.each(['006', '007'] as const)('verifyToken of %s', (version) => {
  it('accepts a token that is as expected', () => {
    expect(verifyToken(token(version), good)).toMatchObject({
      version,
      appId,
      expiresAt: issuedAt + 600,
      certificateIndex: 0,
    })
  })

  it('says which of several certificates signed it', () => {
    const { appCertificate: _, ...rest } = good
    const appCertificates = [otherCertificate, appCertificate]
    expect(verifyToken(token(version), { ...rest, appCertificates }).certificateIndex).toBe(1)
  })

  it('accepts a token for any user, for every expected user', () => {
    const anyone = token(version, { channel: 'room-42', anyUser: true, role: 'publisher' })
    expect(verifyToken(anyone, { ...good, uid: 77 }).version).toBe(version)
  })

  it.each<[string, string, Partial<Record<keyof VerifyExpectations, unknown>>]>([
    ['SIGNATURE_INVALID', 'another certificate', { appCertificate: otherCertificate }],
    ['APP_ID_MISMATCH', 'another App ID', { appId: otherCertificate }],
    ['CHANNEL_MISMATCH', 'another channel', { channel: 'room-43' }],
    ['USER_MISMATCH', 'another uid', { uid: 1235 }],
    ['USER_MISMATCH', 'an account', { uid: undefined, account: 'alice' }],
    ['TOKEN_EXPIRED', 'the moment of its end', { now: issuedAt + 600 }],
    [
      'TOKEN_EXPIRED',
      'more lateness than tolerated',
      { now: issuedAt + 611, clockToleranceSeconds: 10 },
    ],
    ['EXPECTATION_INVALID', 'no certificate', { appCertificate: undefined }],
    [
      'EXPECTATION_INVALID',
      'an empty list of certificates',
      { appCertificate: undefined, appCertificates: [] },
    ],
    ['EXPECTATION_INVALID', 'a time that is no number', { now: Number.NaN }],
    ['EXPECTATION_INVALID', 'a negative tolerance', { clockToleranceSeconds: -1 }],
    ['APP_CERTIFICATE_INVALID', 'a malformed certificate', { appCertificate: 'abc' }],
    ['UID_INVALID', 'uid 0', { uid: 0 }],
    ['ACCOUNT_INVALID', 'a blank account', { uid: undefined, account: '' }],
    ['IDENTITY_AMBIGUOUS', 'uid and account', { account: 'alice' }],
  ])('refuses with %s: %s', (code, _, change) => {
    const expected = { ...good, ...change } as unknown as VerifyExpectations
    expect(() => verifyToken(token(version), expected)).toThrow(expect.objectContaining({ code }))
  })

  it('tolerates clocks that differ by as much as allowed', () => {
    const late = { ...good, now: issuedAt + 609, clockToleranceSeconds: 10 }
    expect(verifyToken(token(version), late).version).toBe(version)
  })
})

describe('verifyToken of 007', () => {
  it('needs neither channel nor user', () => {
    expect(verifyToken(token('007'), { appCertificate, now: issuedAt }).appId).toBe(appId)
  })

  it('refuses a token from the future', () => {
    expect(() => verifyToken(token('007'), { ...good, now: issuedAt - 11 })).toThrow(
      expect.objectContaining({ code: 'TOKEN_NOT_YET_VALID' }),
    )
    const tolerant = { ...good, now: issuedAt - 10, clockToleranceSeconds: 10 }
    expect(verifyToken(token('007'), tolerant).version).toBe('007')
  })

  it('takes the end from the service that is for the expected channel', () => {
    const short = rtc({ channel: 'short', uid: 1234, privileges: { joinChannel: 60 } })
    const services = [short, rtc(member)]
    const both = createToken({ appId, appCertificate, ttl: 600, issuedAt, services })
    expect(verifyToken(both, good).expiresAt).toBe(issuedAt + 600)
    expect(verifyToken(both, { ...good, channel: 'short' }).expiresAt).toBe(issuedAt + 60)
  })

  it('detects every changed byte of the content', () => {
    const content = inflateSync(Buffer.from(token('007').slice(3), 'base64'))
    for (let at = 0; at < content.length; at++) {
      const changed = Buffer.from(content)
      changed[at]! ^= 1
      const forged = `007${deflateSync(changed).toString('base64')}`
      expect(() => verifyToken(forged, good)).toThrow(
        expect.objectContaining({ name: 'TokenError' }),
      )
    }
  })
})

describe('verifyToken of a token that holds patterns', () => {
  const login: KnownService = { service: 'rtm', userId: 'al*', privileges: { login: 600 } }
  const call = (channel: string, user: string): KnownService => {
    return { service: 'rtc', channel, user, privileges: { joinChannel: 600 } }
  }
  const signed = (...services: KnownService[]): string => {
    return encode007({ appId, issuedAt, expiresIn: 600, salt: 1, services }, appCertificate)
  }

  it.each<[string, string, KnownService, object?]>([
    ['CHANNEL_MISMATCH', 'a channel that begins in one way', call('room-*', '1234')],
    ['CHANNEL_MISMATCH', 'every channel', call('*', '1234')],
    ['CHANNEL_MISMATCH', 'a blank channel', call('', '1234')],
    ['USER_MISMATCH', 'every user', call('room-42', '*')],
    ['USER_MISMATCH', 'users with a 3 between 1 and 4', call('room-42', '1*3*4')],
    ['USER_MISMATCH', 'the user "0"', call('room-42', '0')],
    ['USER_MISMATCH', 'a user of messaging', login, { userId: 'alice' }],
  ])('refuses with %s, unless asked: %s', (code, _, service, asked) => {
    const expected = asked ? { appCertificate, now: issuedAt, ...asked } : good
    const text = signed(service)
    expect(() => verifyToken(text, expected)).toThrow(expect.objectContaining({ code }))
    expect(() => verifyToken(text, { ...expected, patterns: false })).toThrow()
    expect(verifyToken(text, { ...expected, patterns: true }).appId).toBe(appId)
  })

  it.each([
    ['CHANNEL_MISMATCH', call('hall-*', '1234')],
    ['USER_MISMATCH', call('room-*', '2*')],
  ])('refuses with %s what does not fit, also when asked', (code, service) => {
    expect(() => verifyToken(signed(service), { ...good, patterns: true })).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('takes the end from the services that fit', () => {
    const short = { ...call('hall-*', '1234'), privileges: { joinChannel: 60 } }
    for (const services of [
      [short, call('room-*', '1234')],
      [call('room-*', '1234'), short],
    ]) {
      const { expiresAt } = verifyToken(signed(...services), { ...good, patterns: true })
      expect(expiresAt).toBe(issuedAt + 600)
    }
  })
})

describe('verifyToken of 006', () => {
  it.each([
    ['channel', { channel: undefined }],
    ['user', { uid: undefined }],
  ])('needs the %s', (_, change) => {
    const expected = { ...good, ...change } as unknown as VerifyExpectations
    expect(() => verifyToken(token('006'), expected)).toThrow(
      expect.objectContaining({ code: 'EXPECTATION_MISSING' }),
    )
  })

  describe('by its privileges, which tell calls from messaging', () => {
    const appToken = (service: ServiceGrant) =>
      createToken({
        version: '006',
        appId,
        appCertificate,
        ttl: 600,
        issuedAt,
        services: [service],
      })
    const messaging = appToken(rtm({ userId: 'room-42' }))
    const call = appToken(rtc({ channel: 'alice', anyUser: true, role: 'publisher' }))
    const { channel, uid, ...always } = good

    it('is messaging for the user that it names', () => {
      const expected = { ...always, userId: 'room-42' }
      expect(verifyToken(messaging, expected)).toMatchObject({
        privileges: { rtmLogin: 1_700_000_600 },
      })
      expect(() => verifyToken(messaging, { ...always, userId: 'alice' })).toThrow(
        expect.objectContaining({ code: 'USER_MISMATCH' }),
      )
    })

    it('is no call in a channel that is called as its user', () => {
      for (const user of [{ uid }, { account: 'bob' }]) {
        expect(() => verifyToken(messaging, { ...always, channel, ...user })).toThrow(
          expect.objectContaining({ code: 'CHANNEL_MISMATCH' }),
        )
      }
    })

    it('is no messaging of a user who is called as its channel', () => {
      expect(verifyToken(call, { ...always, channel: 'alice', uid })).toMatchObject({
        userCrc32: 0,
      })
      expect(() => verifyToken(call, { ...always, userId: 'alice' })).toThrow(
        expect.objectContaining({ code: 'USER_MISMATCH' }),
      )
    })
  })

  it('detects every changed byte of the content', () => {
    const content = Buffer.from(token('006').slice(35), 'base64')
    for (let at = 0; at < content.length; at++) {
      const changed = Buffer.from(content)
      changed[at]! ^= 1
      const forged = `006${appId}${changed.toString('base64')}`
      expect(() => verifyToken(forged, good)).toThrow(
        expect.objectContaining({ name: 'TokenError' }),
      )
    }
  })
})
