import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Claims006, encode006 } from '../src/version-006/encode-006.ts'
import { decodeToken, verifyToken } from '../src/index.ts'
import { encode007 } from '../src/version-007/encode-007.ts'
import { type Build, readVectors, toBuild, type Vector } from './vector-rows.ts'

describe.each(['golden', 'differential'] as const)('%s vectors', (name) => {
  const rows = readVectors(name).flatMap((vector) => {
    const build = toBuild(vector)
    return build ? [{ ...vector, build }] : []
  })

  it('has every row that is about a raw 006 or 007 token, or an RTC builder', () => {
    expect(rows).toHaveLength({ golden: 54, differential: 122 }[name])
  })

  it.each(rows)('$id is signed as the references sign it', ({ build, ...vector }) => {
    const token = encode(build)
    expect(contentOf(token)).toBe(answerOf(vector))
  })

  it.each(rows)('$id is read back, and writes the same token again', ({ build }) => {
    const token = encode(build)
    const decoded = decodeToken(token)
    expect(decoded.version).toBe(build.version)
    const again =
      decoded.version === '007'
        ? encode007(decoded, build.appCertificate)
        : encode006({ ...(build.claims as Claims006), ...decoded }, build.appCertificate)
    expect(again).toBe(token)
  })

  it.each(rows)('$id verifies with its certificate and not with another', ({ build }) => {
    const token = encode(build)
    const { appCertificate } = build
    expect(verifyToken(token, { ...expectations(build), appCertificate }).certificateIndex).toBe(0)
    const other = appCertificate.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    expect(() => verifyToken(token, { ...expectations(build), appCertificate: other })).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
    )
  })
})

const RTM_LOGIN = 1000

function encode(build: Build): string {
  return build.version === '006'
    ? encode006(build.claims, build.appCertificate)
    : encode007(build.claims, build.appCertificate)
}

// node:zlib and not our own reader, so that a mistake shared by writer and reader shows.
function contentOf(token: string): string {
  if (token.startsWith('006')) return token
  return inflateSync(Buffer.from(token.slice(3), 'base64')).toString('hex')
}

function answerOf({ token, inflatedHex }: Omit<Vector, 'request'> | Vector): string | undefined {
  return inflatedHex ?? token
}

// The rows are signed for moments from 1970 to 2106: with so much tolerance all of them are now.
function expectations({ version, claims }: Build) {
  const always = { appId: claims.appId, now: 0, clockToleranceSeconds: 2 ** 34 }
  if (version === '007') return always
  const { channel, user, privileges } = claims
  const isForRtm = user === '' && RTM_LOGIN in privileges
  return { ...always, ...(isForRtm ? { userId: channel } : { ...identityOf(user), channel }) }
}

function identityOf(user: string) {
  return user === ''
    ? { uid: 1 }
    : /^[1-9]\d*$/.test(user)
      ? { uid: Number(user) }
      : { account: user }
}
