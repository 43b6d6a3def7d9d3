import { describe, expect, it } from 'vitest'
import * as compat006 from '../src/compat/agora-access-token.ts'
import * as compat007 from '../src/compat/agora-token.ts'
import { decodeToken } from '../src/index.ts'

// One test for each row of src/compat/DIFFERENCES.md.
const ids = ['970CA35de60c44645bbae8a215061b33', '5CFd2fd1755d40ecb72977518be15d3b'] as const
const code = (code: string) => expect.objectContaining({ name: 'TokenError', code })
const anyFunction = (f: unknown) => f as (...args: readonly unknown[]) => string
const NO_USERS = [undefined, null, Number.NaN, -1, 1.5, 2 ** 32, true, {}]

describe('compat/agora-token', () => {
  const { ApaasTokenBuilder, ChatTokenBuilder, RtcTokenBuilder, RtmTokenBuilder } = compat007

  it.each(NO_USERS)('refuses %s as the user of a call', (user) => {
    const build = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => build(...ids, 'room', user, 1, 600)).toThrow(code('UID_INVALID'))
  })

  it.each(NO_USERS)('refuses %s as the user of RTM, RTM2, Chat and aPaaS', (user) => {
    const builds = [
      () => anyFunction(RtmTokenBuilder.buildToken)(...ids, user, 600),
      () => anyFunction(RtmTokenBuilder.buildTokenWithPermissions)(...ids, user, undefined, 600),
      () => anyFunction(ChatTokenBuilder.buildUserToken)(...ids, user, 600),
      () => anyFunction(ApaasTokenBuilder.buildUserToken)(...ids, user, 600),
    ]
    for (const build of builds) expect(build).toThrow(code('USER_ID_INVALID'))
  })

  it('writes a user id that is a number in decimal, as the typings allow', () => {
    const tokens = [
      RtmTokenBuilder.buildToken(...ids, 7, 600),
      RtmTokenBuilder.buildTokenWithPermissions(...ids, 7, undefined, 600),
      ChatTokenBuilder.buildUserToken(...ids, 7, 600),
    ]
    for (const token of tokens) {
      expect(decodeToken(token)).toMatchObject({ services: [{ userId: '7' }] })
    }
  })

  it('keeps role 0 of a room user', () => {
    const token = ApaasTokenBuilder.buildRoomUserToken(...ids, 'room', 'user', 0, 600)
    expect(roleIn(token)).toBe(0)
    const without = anyFunction(ApaasTokenBuilder.buildRoomUserToken)
    expect(roleIn(without(...ids, 'room', 'user', undefined, 600))).toBe(-1)
  })

  it.each([undefined, null])('refuses %s as the life of a token', (life) => {
    const build = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => build(...ids, 'room', 7, 1, life)).toThrow(code('TTL_INVALID'))
  })

  it.each([Number.NaN, 'soon', {}])('refuses %s as a number of seconds', (seconds) => {
    const build = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => build(...ids, 'room', 7, 1, seconds)).toThrow(code('CLAIM_INVALID'))
    expect(() => build(...ids, 'room', 7, 1, 600, seconds)).toThrow(code('CLAIM_INVALID'))
  })

  it('refuses half a surrogate pair', () => {
    const build = () => RtcTokenBuilder.buildTokenWithUid(...ids, 'room \ud800', 7, 1, 600)
    expect(build).toThrow(code('CLAIM_INVALID'))
  })

  it('refuses a channel or a room that is no text', () => {
    const build = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => build(...ids, undefined, 7, 1, 600)).toThrow(code('CHANNEL_INVALID'))
    const room = anyFunction(ApaasTokenBuilder.buildRoomUserToken)
    expect(() => room(...ids, undefined, 'user', 1, 600)).toThrow(code('USER_ID_INVALID'))
  })

  it('works when a function is taken out of its builder', () => {
    const { buildTokenWithUid } = RtcTokenBuilder
    expect(buildTokenWithUid(...ids, 'room', 7, 1, 600)).toMatch(/^007/)
  })

  it('issues at a whole second', () => {
    const { issuedAt } = decodeToken(compat007.FpaTokenBuilder.buildToken(...ids)) as {
      issuedAt: number
    }
    expect(Number.isInteger(issuedAt)).toBe(true)
  })
})

describe('compat/agora-access-token', () => {
  const { RtcTokenBuilder, RtmTokenBuilder } = compat006

  it.each(NO_USERS)('refuses %s as a user', (user) => {
    const rtc = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => rtc(...ids, 'room', user, 1, 0)).toThrow(code('UID_INVALID'))
    const rtm = anyFunction(RtmTokenBuilder.buildToken)
    expect(() => rtm(...ids, user, 1, 0)).toThrow(code('UID_INVALID'))
  })

  it('writes an RTM account that is a number in decimal, and refuses 0', () => {
    expect(RtmTokenBuilder.buildToken(...ids, 7, 1, 0)).toHaveLength(115)
    expect(() => RtmTokenBuilder.buildToken(...ids, 0, 1, 0)).toThrow(code('UID_INVALID'))
  })

  it('takes a new salt for every token', () => {
    const salts = Array.from({ length: 8 }, () =>
      decodeToken(RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 7, 1, 0)),
    ).map(({ salt }) => salt)
    expect(new Set(salts).size).toBe(8)
  })

  it('keeps no token on the class', () => {
    RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 7, 1, 0)
    expect(Object.keys(RtcTokenBuilder)).toEqual(['buildTokenWithUid', 'buildTokenWithAccount'])
  })

  it('refuses ids that are no text, and a moment that is no number', () => {
    const build = anyFunction(RtcTokenBuilder.buildTokenWithUid)
    expect(() => build(undefined, ids[1], 'room', 7, 1, 0)).toThrow(code('APP_ID_INVALID'))
    expect(() => build(ids[0], undefined, 'room', 7, 1, 0)).toThrow(code('APP_CERTIFICATE_INVALID'))
    expect(() => build(...ids, 'room', 7, 1, Number.NaN)).toThrow(code('CLAIM_INVALID'))
    expect(() => build(...ids, 'room \ud800', 7, 1, 0)).toThrow(code('CLAIM_INVALID'))
  })
})

function roleIn(token: string): unknown {
  const decoded = decodeToken(token)
  if (decoded.version !== '007') throw new Error('007 expected')
  return decoded.services.flatMap((claims) => (claims.service === 'apaas' ? [claims.role] : []))[0]
}
