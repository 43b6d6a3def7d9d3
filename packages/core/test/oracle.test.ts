import accessTokenModule from 'agora-token/src/AccessToken.js'
import accessToken2Module from 'agora-token/src/AccessToken2.js'
import agoraToken from 'agora-token'
import agoraAccessToken from 'agora-access-token'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createToken, decodeToken, type Identity, rtc, verifyToken } from '../src/index.ts'

// Agora's own npm packages judge our tokens, and we judge theirs: a mistake that our encoder and
// our decoder share cannot pass here.

const { AccessToken2 } = accessToken2Module
const { AccessToken } = accessTokenModule
const runs = { numRuns: 300 }

const hex32 = fc.stringMatching(/^[0-9a-fA-F]{32}$/)
const name = (max: number) =>
  fc.string({
    unit: fc.constantFrom(...'abzAZ09 !#$%&()+-:;<=.>?@[]^_{}|~,'),
    minLength: 1,
    maxLength: max,
  })
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

const userOf = ({ uid, account }: Identity) => account ?? String(uid)

describe('007 against agora-token', () => {
  it('is read and verified by agora-token', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl, salt }) => {
        const services = [rtc({ channel, role, ...identity })]
        const token = createToken({ appId, appCertificate, ttl, salt, services })
        const theirs = new AccessToken2('', '', 0, 0)
        expect(theirs.from_string(token)).toBe(true)
        expect(theirs.verifySignature(appCertificate)).toBe(true)
        const [service] = theirs.getServices(1)
        expect(String(theirs.appId)).toBe(appId)
        expect([theirs.expire, theirs.salt]).toEqual([ttl, salt])
        expect(String(service?.__channel_name)).toBe(channel)
        expect(String(service?.__uid)).toBe(userOf(identity))
        const ids = role === 'publisher' ? [1, 2, 3, 4] : [1]
        expect(service?.__privileges).toEqual(Object.fromEntries(ids.map((id) => [id, ttl])))
      }),
      runs,
    )
  })

  it('verifies what agora-token signs', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl }) => {
        const { RtcTokenBuilder, RtcRole } = agoraToken
        const theirRole = role === 'publisher' ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER
        const token =
          identity.uid !== undefined
            ? RtcTokenBuilder.buildTokenWithUid(
                ...([appId, appCertificate, channel, identity.uid, theirRole, ttl, ttl] as const),
              )
            : RtcTokenBuilder.buildTokenWithUserAccount(
                ...([
                  appId,
                  appCertificate,
                  channel,
                  identity.account,
                  theirRole,
                  ttl,
                  ttl,
                ] as const),
              )
        const verified = verifyToken(token, { appId, appCertificate, channel, ...identity })
        expect(verified).toMatchObject({ version: '007', expiresIn: ttl })
      }),
      runs,
    )
  })
})

describe('006 against agora-access-token and agora-token', () => {
  it('is read by agora-token, with the same claims', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl, salt }) => {
        const services = [rtc({ channel, role, ...identity })]
        const issuedAt = 1_700_000_000
        const options = { appId, appCertificate, ttl, salt, issuedAt, services }
        const theirs = new AccessToken('', appCertificate, channel, userOf(identity))
        expect(theirs.fromString(createToken({ ...options, version: '006' }))).toBe(true)
        expect([theirs.salt, theirs.ts]).toEqual([salt, issuedAt + 86_400])
        const ids = role === 'publisher' ? [1, 2, 3, 4] : [1]
        const moments = Object.fromEntries(ids.map((id) => [id, issuedAt + ttl]))
        expect(theirs.messages).toEqual(moments)
        // Their reader keeps no signature to compare, but their writer is deterministic.
        expect(theirs.build()).toBe(createToken({ ...options, version: '006' }))
      }),
      runs,
    )
  })

  it('verifies what agora-access-token signs', () => {
    fc.assert(
      fc.property(request, ({ appId, appCertificate, channel, identity, role, ttl }) => {
        const { RtcTokenBuilder, RtcRole } = agoraAccessToken
        const theirRole = role === 'publisher' ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER
        const end = Math.floor(Date.now() / 1000) + ttl
        const token =
          identity.uid !== undefined
            ? RtcTokenBuilder.buildTokenWithUid(
                ...([appId, appCertificate, channel, identity.uid, theirRole, end] as const),
              )
            : RtcTokenBuilder.buildTokenWithAccount(
                ...([appId, appCertificate, channel, identity.account, theirRole, end] as const),
              )
        const verified = verifyToken(token, { appId, appCertificate, channel, ...identity })
        expect(verified).toMatchObject({ version: '006', expiresAt: end })
        expect(decodeToken(token)).toMatchObject({ appId })
      }),
      runs,
    )
  })
})
