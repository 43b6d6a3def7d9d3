import { constants, deflateSync } from 'node:zlib'
import { chat, createToken, decodeToken, rtc, rtm } from '@rtc-token/core'
import { decodeToken as decode } from '@rtc-token/core/inspect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflate } from './inflate.ts'
import { readToken } from './read-token.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const claims = fc.record({
  channel: fc.stringMatching(/^[a-z0-9 _!#]{1,60}$/),
  uid: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  ttl: fc.integer({ min: 1, max: 86_400 }),
  version: fc.constantFrom('006' as const, '007' as const),
})

describe('readToken', () => {
  it('reads what the reader of core reads', () => {
    fc.assert(
      fc.property(claims, ({ channel, uid, ttl, version }) => {
        const services = [rtc({ channel, uid, role: 'publisher' as const })]
        const token = createToken({
          appId: APP_ID,
          appCertificate: APP_CERTIFICATE,
          ttl,
          version,
          services,
        })
        const { expiresAt } = decodeToken(token)
        const said = readToken(token)!
        const lives = said.services.map(({ life }) => life ?? said.life)
        expect(said.issuedAt + Math.min(said.life, ...lives)).toBe(expiresAt)
        const names = version === '007' && { channel, user: String(uid) }
        const service = expect.objectContaining({
          appId: APP_ID,
          service: 'rtc',
          ...names,
        }) as unknown
        // In 006 a privilege is all that tells of its service.
        expect(said.services).toEqual(Array(version === '007' ? 1 : 4).fill(service))
      }),
    )
  })

  it('reads tokens for several services', () => {
    const services = [
      rtc({ channel: 'room', account: 'anna', role: 'subscriber' }),
      rtm({ userId: 'anna' }),
      chat({ userId: 'anna' }),
    ]
    const token = createToken({ appId: APP_ID, appCertificate: APP_CERTIFICATE, ttl: 60, services })
    expect(readToken(token)?.services).toMatchObject([
      { service: 'rtc', channel: 'room', user: 'anna' },
      { service: 'rtm', channel: undefined, user: 'anna' },
      { service: 'chat', channel: undefined, user: 'anna' },
    ])
  })

  it('returns undefined for a string that is not a token, and never throws', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 300 })
    fc.assert(
      fc.property(fc.constantFrom('006', '007', ''), text, (version, rest) => {
        const token = version + rest
        if (isReadable(token)) return
        const said = readToken(token)
        // It is more lenient than core: where it does read something, that is a length of time.
        expect(said === undefined || Number.isFinite(said.life)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('inflate', () => {
  const { Z_FIXED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY } = constants
  const strategies = fc.constantFrom(Z_FIXED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY)

  it('undoes what zlib does, at any level and with any strategy', () => {
    const bytes = fc.oneof(
      fc.integer({ min: 250, max: 1200 }).map((length) => new Uint8Array(length)),
      fc.uint8Array({ maxLength: 2000 }),
      fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3000 }).map((it) => Uint8Array.from(it)),
    )
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 9 }), strategies, (bytes, level, strategy) => {
        const packed = [...deflateSync(bytes, { level, strategy })]
        expect(inflate(packed)).toEqual([...bytes])
      }),
    )
  })

  it('refuses to expand past 64 KiB', () => {
    const bomb = [...deflateSync(new Uint8Array(10_000_000))]
    expect(() => inflate(bomb)).toThrow(RangeError)
  })
})

function isReadable(token: string): boolean {
  try {
    decode(token)
    return true
  } catch {
    return false
  }
}
