import { chat, convoAI, createToken, fpa, rtc, rtm, rtm2, streaming, stt } from '@rtc-token/core'
import { AccessToken, AccessToken2, ServiceRtc } from '@rtc-token/core/builders'
import { describe, expect, it } from 'vitest'
import type { TokenScope } from '../session-adapter.ts'
import { readToken } from './read-token.ts'
import { lifeFor } from './token-scope.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
type Services = Parameters<typeof createToken>[0]['services']

const call = rtc({ channel: 'room', uid: 7, role: 'publisher' })
const anyUser = rtc({ channel: 'room', anyUser: true, role: 'publisher' })
const messages = rtm({ userId: 'anna' })
const withPermissions = rtm2({ userId: 'anna', permissions: {} })
const room: TokenScope = { service: 'rtc', appId, channel: 'room', user: 7 }

const mint = (services: Services, version: '006' | '007' = '007') =>
  createToken({ appId, appCertificate, ttl: 3600, services, version })

/** A token whose names `createToken` refuses, or with lives of privileges. */
function mint007(...services: readonly (readonly [channel: string, user: string, ttl?: number])[]) {
  const token = new AccessToken2(appId, appCertificate, 1_795_000_000, 3600)
  for (const [channel, user, ttl = 3600] of services) {
    const service = new ServiceRtc(channel, user)
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, ttl)
    token.add_service(service)
  }
  return token.build()
}

function mint006(...privileges: readonly number[]): string {
  const token = new AccessToken(appId, appCertificate, 'room', 7)
  for (const id of privileges) token.addPriviledge(id, 0)
  return token.build()
}

const check = (token: string, scope: TokenScope) => lifeFor(readToken(token)!, scope, true)

describe('lifeFor', () => {
  it.each<[string, string, TokenScope]>([
    ['the same channel and user', mint([call]), room],
    ['a user that is not known yet', mint([call]), { service: 'rtc', channel: 'room' }],
    ['no user, with a token for any', mint([anyUser]), { ...room, user: 0 }],
    ['a stream channel', mint([call]), { service: 'rtm-stream', channel: 'room', user: '7' }],
    ['messaging beside a call', mint([call, messages]), { service: 'rtm', user: 'anna' }],
    ['messaging with permissions', mint([withPermissions]), { service: 'rtm', user: 'anna' }],
    ['what follows permissions', mint([withPermissions, convoAI()]), room],
    [
      'messaging beside agents',
      mint([messages, convoAI(), stt()]),
      { service: 'rtm', user: 'anna' },
    ],
    ['a chat user by another id', mint([chat({ userId: 'x' })]), { service: 'chat', user: 'anna' }],
    ['a channel by a pattern', mint007(['ro*', '7']), room],
    ['a user by a pattern', mint007(['room', '*']), { ...room, user: 0 }],
    ['any channel and any user', mint007(['', '0']), room],
    [
      'names beyond ASCII',
      mint007(['zimmer-ü', '名']),
      { ...room, channel: 'zimmer-ü', user: '名' },
    ],
    ['006, which has no names', mint([call], '006'), { ...room, channel: 'other' }],
    ['006 for messaging', mint([messages], '006'), { service: 'rtm', user: 'bert' }],
    ['006 for both', mint006(1, 1000), { service: 'rtm', user: 'anna' }],
  ])('lets %s through', (_, token, scope) => {
    expect(check(token, scope)).toBeGreaterThanOrEqual(3600)
  })

  it.each<[string, string, TokenScope]>([
    [
      'for the App ID of the session expected, got one for another',
      mint([call]),
      { ...room, appId: 'a' },
    ],
    [
      'for channel hall expected, got one for channel room',
      mint([call]),
      { ...room, channel: 'hall' },
    ],
    ['for channel room expected, got one for channel hall-*', mint007(['hall-*', '7']), room],
    ['for channel room expected, got one for channel ROOM', mint007(['ROOM', '7']), room],
    [
      'for channel ü expected, got one for channel u',
      mint007(['u', '7']),
      { ...room, channel: 'ü' },
    ],
    [
      'for channel hall expected, got one for channel lobby and room',
      mint007(['lobby', '7'], ['room', '7']),
      { ...room, channel: 'hall' },
    ],
    ['for user 8 expected, got one for user 7', mint([call]), { ...room, user: 8 }],
    ['for user 17 expected, got one for user 2*', mint007(['room', '2*']), { ...room, user: 17 }],
    [
      'for user bert expected, got one for user anna',
      mint([messages]),
      { service: 'rtm', user: 'bert' },
    ],
    [
      'for user bert expected, got one for user anna',
      mint([withPermissions]),
      { service: 'rtm', user: 'bert' },
    ],
    [
      'for any user expected, got one for user 7: set `uid` of the adapter, or return { token, uid }',
      mint([call]),
      { ...room, user: 0 },
    ],
    ['for rtm expected, got one for rtc', mint([call]), { service: 'rtm', user: '7' }],
    ['for rtm expected, got one for rtc', mint([call], '006'), { service: 'rtm', user: '7' }],
    ['for rtc expected, got one for rtm', mint([messages], '006'), room],
    [
      'for rtc expected, got one for streaming',
      mint([streaming({ channel: 'room', uid: 7, privileges: {} })]),
      room,
    ],
    ['for rtc expected, got one for fpa and chat', mint([chat({ userId: 'x' }), fpa()]), room],
    [
      'for chat expected, got one for rtc and rtm',
      mint([call, messages]),
      { service: 'chat', user: '7' },
    ],
    [
      'for rtc, which stream channels join with, expected, got one for rtm',
      mint([messages]),
      { service: 'rtm-stream', channel: 'room', user: 'anna' },
    ],
  ])('says: a token %s', (words, token, scope) => {
    const error = { code: 'GRANT_SCOPE', message: `token source: a token ${words}` }
    expect(() => check(token, scope)).toThrow(expect.objectContaining(error))
    expect(() => lifeFor(readToken(token)!, scope, false)).not.toThrow()
  })

  it.each([
    [
      'App ID',
      createToken({ appId: appCertificate, appCertificate: appId, ttl: 60, services: [call] }),
    ],
    ['channel', mint007([appCertificate, '7'])],
    ['user', mint007(['room', `x${appCertificate}`])],
  ])('does not repeat a certificate that was taken for the %s', (_, token) => {
    expect(() => check(token, room)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(appCertificate) as string }),
    )
  })

  it.each([
    ['before', mint007(['lobby', '7', 60], ['room', '7', 600])],
    ['after', mint007(['room', '7', 600], ['lobby', '7', 60])],
  ])('is not shortened by a right in another channel, which stands %s', (_, token) => {
    expect(check(token, room)).toBe(600)
    expect(check(token, { ...room, channel: 'lobby' })).toBe(60)
    expect(check(token, { service: 'rtc' })).toBe(60)
  })

  it('is not shortened by a right in a call for messaging', () => {
    const short = rtc({ channel: 'room', uid: 7, privileges: { joinChannel: 60 } })
    expect(check(mint([short, messages]), { service: 'rtm', user: 'anna' })).toBe(3600)
    expect(check(mint([short, messages]), room)).toBe(60)
  })

  it('is that of the privilege in 006 too', () => {
    const token = new AccessToken(appId, appCertificate, 'room', 7)
    token.ts = 1_795_003_600
    token.addPriviledge(1, 1_795_000_060)
    expect(check(token.build(), room)).toBe(86_400 - 3540)
  })
})
