import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rtc, type RtcOptions } from '../service/rtc.ts'
import { createToken } from '../token/create-token.ts'
import { explainToken as explainUnsigned } from './explain-token.ts'
import { explainToken, type ExplainOptions } from './explain-with-certificate.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const otherCertificate = '6CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const member = { channel: 'room-42', uid: 1234, role: 'publisher' } as const
const good = { appId, appCertificate, channel: 'room-42', uid: 1234, now: issuedAt + 10 }

function token(version: '006' | '007', who: RtcOptions = member): string {
  const services = [rtc(who)]
  return createToken({ version, appId, appCertificate, ttl: 600, issuedAt, salt: 1, services })
}

function codes(text: string, options: Partial<Record<keyof ExplainOptions, unknown>>): string[] {
  const { findings } = explainToken(text, { ...good, ...options } as ExplainOptions)
  return findings.map(({ code }) => code).filter((code) => code !== 'OLD_VERSION')
}

describe.each(['006', '007'] as const)('explainToken with a certificate, of %s', (version) => {
  it('finds no fault in a good token', () => {
    expect(codes(token(version), {})).toEqual(['NO_FAULT_FOUND'])
  })

  it.each<[string, string, object]>([
    [
      'SIGNATURE_MISMATCH',
      'the certificate of another project',
      { appCertificate: otherCertificate },
    ],
    ['APP_CERTIFICATE_INVALID', 'a malformed certificate', { appCertificate: 'secret' }],
    ['APP_CERTIFICATE_INVALID', 'a certificate that is no text', { appCertificate: 7 }],
  ])('finds %s for %s', (code, _, options) => {
    expect(codes(token(version), options)).toEqual([code])
    expect(JSON.stringify(explainToken(token(version), { ...good, ...options }))).not.toMatch(
      /secret|6CFd2/,
    )
  })

  it('finds the signature good in an ended token', () => {
    expect(codes(token(version), { now: issuedAt + 600 })).not.toContain('SIGNATURE_MISMATCH')
  })

  it('compares the signature of a token for any user', () => {
    const anyone = token(version, { channel: 'room-42', anyUser: true, role: 'publisher' })
    expect(codes(anyone, {})).toEqual(['USER_ANY'])
    expect(codes(anyone, { appCertificate: otherCertificate })).toContain('SIGNATURE_MISMATCH')
  })

  it('compares the signature of a token that was quoted', () => {
    const quoted = `"${token(version)}"`
    expect(codes(quoted, {})).toEqual(['TEXT_QUOTED'])
    expect(codes(quoted, { appCertificate: otherCertificate })).toContain('SIGNATURE_MISMATCH')
  })
})

describe('explainToken with a certificate', () => {
  it('says that a 006 signature was not compared', () => {
    expect(codes(token('006'), { channel: undefined })).toContain('SIGNATURE_UNCHECKED')
    expect(codes(token('006'), { uid: 9 })).toContain('SIGNATURE_UNCHECKED')
  })

  it('compares a 007 signature for every user', () => {
    expect(codes(token('007'), { uid: 9, channel: 'x' })).toEqual([
      'CHANNEL_MISMATCH',
      'USER_MISMATCH',
    ])
  })

  it('returns for every text, and repeats neither the text nor the certificate', () => {
    fc.assert(
      fc.property(texts(), fc.record(wishes(), { requiredKeys: [] }), (text, wish) => {
        const options = { ...wish, appCertificate } as ExplainOptions
        for (const explain of [explainToken, explainUnsigned]) {
          const explanation = explain(text, options)
          const written = JSON.stringify(explanation)
          expect(explanation.findings.length).toBeGreaterThan(0)
          expect(written).not.toContain(appCertificate)
          for (const part of partsOf(text)) expect(written).not.toContain(part)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

/** Stretches of a text that is long enough to be a token, but for the App ID of 006, which may be shown. */
function partsOf(text: string): string[] {
  const parts = text.length < 100 ? [] : [text.slice(40, 60), text.slice(-30, -10)]
  return parts.filter((part) => !appId.includes(part))
}

/** Any text, and tokens with changed characters, with changed content, cut and spliced. */
function texts(): fc.Arbitrary<string> {
  const tokens = fc.constantFrom(token('006'), token('007'))
  const at = fc.nat(200)
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    tokens,
    tokens.map((text) => `Bearer "${text}" `),
    fc.tuple(tokens, at).map(([text, end]) => text.slice(0, end)),
    fc.tuple(tokens, at, tokens, at).map(([a, i, b, j]) => a.slice(0, i) + b.slice(j)),
    fc.tuple(tokens, at, fc.string()).map(([a, i, b]) => a.slice(0, i) + b + a.slice(i + 1)),
    fc.tuple(at, fc.nat(255)).map(([i, byte]) => changed007(i, byte)),
    fc.tuple(at, fc.nat(255)).map(([i, byte]) => changed006(i, byte)),
  )
}

function changed007(at: number, byte: number): string {
  const content = inflateSync(Buffer.from(token('007').slice(3), 'base64'))
  content[at % content.length] = byte
  return `007${deflateSync(content).toString('base64')}`
}

function changed006(at: number, byte: number): string {
  const content = Buffer.from(token('006').slice(35), 'base64')
  content[at % content.length] = byte
  return `006${appId}${content.toString('base64')}`
}

function wishes() {
  return {
    appId: fc.constantFrom(appId, otherCertificate, 'x'),
    channel: fc.oneof(fc.constantFrom('room-42', appCertificate), fc.string({ unit: 'binary' })),
    uid: fc.oneof(fc.constantFrom(1234, 0, Number.NaN), fc.integer()),
    account: fc.oneof(fc.constantFrom(token('007'), ''), fc.string({ unit: 'binary' })),
    now: fc.oneof(fc.constant(issuedAt), fc.double()),
  }
}
