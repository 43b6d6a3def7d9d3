import {
  AGORA_ROLE,
  readWithAgoraToken,
  readWithAgoraToken006,
  RtcTokenBuilder006,
  RtcTokenBuilder007,
} from '@rtc-token/agora-oracle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createToken, decodeToken, type Identity, rtc, verifyToken } from '../src/index.ts'

// Agora's own packages judge our tokens, and we judge theirs.

const runs = { numRuns: 300 }

const hex32 = fc.stringMatching(/^[0-9a-fA-F]{32}$/)
const alphabet = fc.constantFrom(...'abzAZ09 !#$%&()+-:;<=.>?@[]^_{}|~,')
const name = (maxLength: number) => fc.string({ unit: alphabet, minLength: 1, maxLength })
const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.integer({ min: 1, max: 0xffffffff }).map((uid) => ({ uid }) as const),
  name(255).map((account) => ({ account }) as const),
)
const request = fc.record({
  appId: hex32,
  appCertificate: hex32,
  channel: name(63),
  identity,
  role: fc.constantFrom('publisher' as const, 'subscriber' as const),
  ttl: fc.integer({ min: 1, max: 86_400 }),
  salt: fc.integer({ min: 0, max: 0xffffffff }),
})
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never

const issuedAt = 1_700_000_000

function ours({ channel, identity, role, ...rest }: Request, version: '006' | '007'): string {
  return createToken({
    ...rest,
    version,
    issuedAt,
    services: [rtc({ channel, role, ...identity })],
  })
}

function userOf({ uid, account }: Identity): string {
  return account ?? String(uid)
}

function privilegesOf({ role }: Request, value: number): Record<string, number> {
  return role === 'publisher' ? { 1: value, 2: value, 3: value, 4: value } : { 1: value }
}

describe('a 007 token', () => {
  it('of ours is read and found well signed by agora-token', () => {
    fc.assert(
      fc.property(request, (request) => {
        const { appId, appCertificate, channel, ttl, salt } = request
        expect(readWithAgoraToken(ours(request, '007'), appCertificate)).toEqual({
          appId,
          issuedAt,
          salt,
          expiresIn: ttl,
          isSigned: true,
          services: [
            { channel, user: userOf(request.identity), privileges: privilegesOf(request, ttl) },
          ],
        })
      }),
      runs,
    )
  })

  it('of agora-token is found good by us', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl }) => {
        const { uid, account = '' } = identity
        const rest = [AGORA_ROLE[role], ttl, ttl] as const
        const token = uid
          ? RtcTokenBuilder007.buildTokenWithUid(appId, appCertificate, channel, uid, ...rest)
          : RtcTokenBuilder007.buildTokenWithUserAccount(
              appId,
              appCertificate,
              channel,
              account,
              ...rest,
            )
        // Both packages issue by the real clock; a life of 1 s may be over when the token is read.
        const decoded = decodeToken(token)
        const now = decoded.version === '007' ? decoded.issuedAt : 0
        const verified = verifyToken(token, { appId, appCertificate, channel, now, ...identity })
        expect(verified).toMatchObject({ version: '007', expiresIn: ttl })
      }),
      runs,
    )
  })
})

describe('a 006 token', () => {
  it('of ours is read by agora-token, which would have written the same', () => {
    fc.assert(
      fc.property(request, (request) => {
        const { appCertificate, channel, identity, salt, ttl } = request
        const token = ours(request, '006')
        expect(readWithAgoraToken006(token, appCertificate, channel, userOf(identity))).toEqual({
          salt,
          tokenExpiresAt: issuedAt + 86_400,
          privileges: privilegesOf(request, issuedAt + ttl),
          rebuilt: token,
        })
      }),
      runs,
    )
  })

  it('of agora-access-token is found good by us', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl }) => {
        const { uid, account = '' } = identity
        const end = Math.floor(Date.now() / 1000) + ttl
        const rest = [AGORA_ROLE[role], end] as const
        const token = uid
          ? RtcTokenBuilder006.buildTokenWithUid(appId, appCertificate, channel, uid, ...rest)
          : RtcTokenBuilder006.buildTokenWithAccount(
              appId,
              appCertificate,
              channel,
              account,
              ...rest,
            )
        const now = end - ttl
        const verified = verifyToken(token, { appId, appCertificate, channel, now, ...identity })
        expect(verified).toMatchObject({ version: '006', expiresAt: end })
      }),
      runs,
    )
  })
})
