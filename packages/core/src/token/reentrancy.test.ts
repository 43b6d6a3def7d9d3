import { describe, expect, it } from 'vitest'
import { AccessToken2 } from '../builders/access-token-2.ts'
import { createToken, decodeToken, rtc, verifyToken } from '../index.ts'
import { encode006 } from '../version-006/encode-006.ts'
import { encode007 } from '../version-007/encode-007.ts'

// What callers hand over may run code of theirs in the middle of a token, and that code may mint and
// verify tokens: memory that is used again must not be used by both.

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const project = { appId, appCertificate, ttl: 600, issuedAt: 1_700_000_000, salt: 7 } as const
const grant = rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })
const expected = { appCertificate, channel: 'room-7', uid: 9, now: 1_700_000_001 } as const

/** Mints and verifies other tokens, with another certificate in between. */
function interfere(): void {
  const services = [rtc({ channel: 'room-7', uid: 9, role: 'subscriber' })]
  for (const version of ['006', '007'] as const) {
    verifyToken(createToken({ ...project, services, version }), expected)
    createToken({ ...project, appCertificate: 'f'.repeat(32), salt: 8, services, version })
  }
}

/** The same object, but reading a member of it, or of its members, interferes. */
function interfering<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, key) {
      interfere()
      const value: unknown = Reflect.get(object, key)
      return typeof value === 'object' && value !== null ? interfering(value) : value
    },
  })
}

describe.each(['006', '007'] as const)('createToken %s', (version) => {
  const expectedToken = createToken({ ...project, services: [grant], version })

  it('is not disturbed by getters that mint and verify', () => {
    const services = [interfering(grant)]
    expect(createToken(interfering({ ...project, services, version }))).toBe(expectedToken)
  })

  it('is not disturbed by a call that ends in an error', () => {
    const failing = { ...project, services: [grant], version, salt: 2 ** 32 }
    expect(() => createToken(failing)).toThrow(expect.objectContaining({ code: 'SALT_INVALID' }))
    expect(createToken({ ...project, services: [grant], version })).toBe(expectedToken)
  })

  it('is undisturbed by turns with another certificate', () => {
    for (let i = 0; i < 100; i++) {
      interfere()
      expect(createToken({ ...project, services: [grant], version })).toBe(expectedToken)
    }
  })
})

describe.each(['006', '007'] as const)('verifyToken %s', (version) => {
  const token = createToken({ ...project, services: [grant], version })
  const own = { channel: 'room-42', uid: 1234, now: 1_700_000_001 }

  it('is not disturbed by expectations that mint and verify', () => {
    const calm = verifyToken(token, { ...own, appCertificate })
    expect(verifyToken(token, interfering({ ...own, appCertificate }))).toEqual(calm)
    const appCertificates = ['f'.repeat(32), appCertificate]
    const rotated = verifyToken(token, interfering({ ...own, appCertificates }))
    expect(rotated).toEqual({ ...calm, certificateIndex: 1 })
  })

  it('is not disturbed by a call that ends in an error', () => {
    const calm = verifyToken(token, { ...own, appCertificate })
    expect(() => verifyToken(token, { ...own, appCertificate: 'f'.repeat(32) })).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
    )
    expect(() => verifyToken(token.slice(0, -4), { ...own, appCertificate })).toThrow(
      expect.objectContaining({ code: 'TOKEN_MALFORMED' }),
    )
    expect(verifyToken(token, { ...own, appCertificate })).toEqual(calm)
  })
})

describe('AccessToken2', () => {
  it('keeps what it read while others are read', () => {
    const token = createToken({ ...project, services: [grant] })
    const read = new AccessToken2()
    expect(read.from_string(token)).toBe(true)
    interfere()
    expect(read.verifySignature(appCertificate)).toBe(true)
    expect(read.verifySignature('f'.repeat(32))).toBe(false)
  })
})

describe('the encoders', () => {
  it('are not disturbed by claims that mint and verify while they are written', () => {
    const privileges = { joinChannel: 600, publishDataStream: 300 }
    const { appId: app, issuedAt, salt } = project
    const services = [{ service: 'rtc', channel: 'c', user: 'u', privileges }] as const
    const claims007 = { appId: app, issuedAt, expiresIn: 600, salt, services }
    const claims006 = { appId: app, channel: 'c', user: 'u', salt, tokenExpiresAt: 9, privileges }
    const [calm007, calm006] = [
      encode007(claims007, appCertificate),
      encode006(claims006, appCertificate),
    ]
    expect(encode007(interfering(claims007), appCertificate)).toBe(calm007)
    expect(encode006(interfering(claims006), appCertificate)).toBe(calm006)
  })
})

describe('what was decoded', () => {
  it('stays as it is while others are decoded', () => {
    const tokens = Array.from({ length: 300 }, (_, i) =>
      createToken({
        ...project,
        services: [rtc({ channel: `room-${i}`, uid: i + 1, role: 'publisher' })],
      }),
    )
    const decoded = tokens.map((token) => decodeToken(token))
    const channels = decoded.map((claims) =>
      claims.version === '007' && claims.services[0]?.service === 'rtc'
        ? claims.services[0].channel
        : '',
    )
    expect(channels).toEqual(tokens.map((_, i) => `room-${i}`))
  })
})
