import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  AccessToken,
  AccessToken2,
  ApaasTokenBuilder,
  ChatTokenBuilder2,
  EducationTokenBuilder2,
  FpaTokenBuilder,
  Privileges,
  RtcRole,
  RtcTokenBuilder,
  RtcTokenBuilder2,
  Rtm2Permissions,
  RtmTokenBuilder,
  RtmTokenBuilder2,
  Service,
  ServiceRtc,
  ServiceRtm2,
  SimpleTokenBuilder,
} from '../src/builders/index.ts'
import { decodeToken, verifyToken } from '../src/index.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const ids = [appId, appCertificate] as const
const code = (code: string) => expect.objectContaining({ name: 'TokenError', code })

describe('RtcTokenBuilder', () => {
  it('makes tokens that end 24 hours from now, each with a salt of its own', () => {
    const before = Math.floor(Date.now() / 1000)
    const [a, b] = [1, 2].map(() =>
      decode006(RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 7, RtcRole.PUBLISHER)),
    )
    expect(a!.tokenExpiresAt - before).toBeGreaterThanOrEqual(86_400)
    expect(a!.tokenExpiresAt - before).toBeLessThan(86_410)
    expect(a!.salt).not.toBe(b!.salt)
  })

  it('takes 0 for a moment that is the end of the token', () => {
    const token = RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 7, RtcRole.SUBSCRIBER, 0)
    expect(decode006(token)).toMatchObject({ privileges: { joinChannel: 0 } })
    expect(decode006(token).expiresAt).toBe(decode006(token).tokenExpiresAt)
  })

  it('does not check uid 0, and takes the text "0" for an account', () => {
    const any = RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 0, 1)
    const zero = RtcTokenBuilder.buildTokenWithUserAccount(...ids, 'room', '0', 1)
    expect(decode006(any).userCrc32).toBe(0)
    expect(decode006(zero).userCrc32).toBe(0xf4dbdf21)
    expect(verifyToken(zero, { appCertificate, channel: 'room', account: '0' })).toBeDefined()
  })

  it.each([
    ['APP_ID_INVALID', ['short', appCertificate, 'room', 7, 1]],
    ['APP_CERTIFICATE_INVALID', [appId, '', 'room', 7, 1]],
    ['CHANNEL_INVALID', [...ids, undefined, 7, 1]],
    ['UID_INVALID', [...ids, 'room', Number.NaN, 1]],
    ['UID_INVALID', [...ids, 'room', undefined, 1]],
    ['UID_INVALID', [...ids, 'room', null, 1]],
    ['UID_INVALID', [...ids, 'room', -1, 1]],
    ['UID_INVALID', [...ids, 'room', 1.5, 1]],
    ['UID_INVALID', [...ids, 'room', 2 ** 32, 1]],
    ['UID_INVALID', [...ids, 'room', '7', 1]],
    ['ROLE_UNKNOWN', [...ids, 'room', 7, '1']],
    ['ROLE_UNKNOWN', [...ids, 'room', 7, undefined]],
    ['CLAIM_INVALID', [...ids, 'room', 7, 1, Number.NaN]],
    ['CLAIM_INVALID', [...ids, 'room', 7, 1, 2 ** 32]],
    ['CLAIM_INVALID', [...ids, 'half \ud800', 7, 1]],
  ])('refuses with %s: %j', (expected, args) => {
    const build = RtcTokenBuilder.buildTokenWithUid as (...args: unknown[]) => string
    expect(() => build(...args)).toThrow(code(expected))
  })

  it('has buildTokenWithAccount for buildTokenWithUserAccount', () => {
    const token = RtcTokenBuilder.buildTokenWithAccount(...ids, 'room', 'alice', 1, 0)
    expect(verifyToken(token, { appCertificate, channel: 'room', account: 'alice' })).toBeDefined()
    const undone = RtcTokenBuilder.buildTokenWithUserAccount as (...args: unknown[]) => string
    expect(() => undone(...ids, 'room', 7, 1)).toThrow(code('ACCOUNT_INVALID'))
  })
})

describe('RtmTokenBuilder', () => {
  it('signs for the account in place of a channel', () => {
    const token = RtmTokenBuilder.buildToken(...ids, 'alice', 1, 1_446_455_471)
    expect(decode006(token)).toMatchObject({
      userCrc32: 0,
      privileges: { rtmLogin: 1_446_455_471 },
    })
  })
})

describe('builders of 007', () => {
  it('issue now, each time with a new salt', () => {
    const before = Math.floor(Date.now() / 1000)
    const [a, b] = [1, 2].map(() => decode007(FpaTokenBuilder.buildToken(...ids)))
    expect(a!.issuedAt - before).toBeGreaterThanOrEqual(0)
    expect(a!.issuedAt - before).toBeLessThan(10)
    expect(a!.expiresIn).toBe(86_400)
    expect(a!.salt).not.toBe(b!.salt)
  })

  it('call one function by three names', () => {
    const names = [
      'buildTokenWithUserAccountAndPrivilege',
      'BuildTokenWithUserAccountAndPrivilege',
    ] as const
    for (const name of names) {
      const token = RtcTokenBuilder2[name](...ids, 'room', 'alice', 600, 1, 2, 3, 4)
      expect(decode007(token).services[0]).toMatchObject({
        user: 'alice',
        privileges: { joinChannel: 1, publishDataStream: 4 },
      })
    }
    expect(EducationTokenBuilder2).toBe(ApaasTokenBuilder)
  })

  it('give a room user the privilege of one, and keep role 0', () => {
    const token = ApaasTokenBuilder.buildRoomUserToken(...ids, 'room', 'user', 0, 600)
    expect(decode007(token).services.find(({ service }) => service === 'apaas')).toMatchObject({
      role: 0,
      privileges: { roomUser: 600 },
    })
  })

  it.each<[string, () => string]>([
    ['UID_INVALID', () => RtcTokenBuilder2.buildTokenWithUid(...ids, 'room', Number.NaN, 1, 600)],
    ['CLAIM_INVALID', () => RtcTokenBuilder2.buildTokenWithUid(...ids, 'room', 7, 1, Number.NaN)],
    [
      'CLAIM_INVALID',
      () => RtcTokenBuilder2.buildTokenWithUid(...ids, 'x'.repeat(65_536), 7, 1, 9),
    ],
    ['APP_ID_INVALID', () => FpaTokenBuilder.buildToken('', appCertificate)],
    ['APP_CERTIFICATE_INVALID', () => FpaTokenBuilder.buildToken(appId, 'é'.repeat(32))],
    ['USER_ID_INVALID', () => RtmTokenBuilder2.buildToken(...ids, undefined as never, 600)],
    ['USER_ID_INVALID', () => ChatTokenBuilder2.buildUserToken(...ids, 7 as never, 600)],
    ['USER_ID_INVALID', () => ApaasTokenBuilder.buildUserToken(...ids, undefined as never, 600)],
    [
      'CLAIM_INVALID',
      () => ApaasTokenBuilder.buildRoomUserToken(...ids, 'r', 'u', undefined as never, 600),
    ],
    [
      'PERMISSION_INVALID',
      () => RtmTokenBuilder2.buildTokenWithPermissions(...ids, 'alice', {} as never, 600),
    ],
  ])('refuse with %s: %s', (expected, build) => {
    expect(build).toThrow(code(expected))
  })

  it('hold permissions as large as the format can', () => {
    const permissions = new Rtm2Permissions()
    const names = Array.from({ length: 5000 }, (_, i) => `resource-${i}`)
    permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, names)
    const token = RtmTokenBuilder2.buildTokenWithPermissions(...ids, 'alice', permissions, 600)
    expect(decode007(token).services[0]).toMatchObject({
      permissions: [{ resource: 'users', access: 'read', names }],
    })
  })
})

describe('SimpleTokenBuilder', () => {
  const build = (prepare: (builder: SimpleTokenBuilder) => void, uid: number | string = 7) => {
    const builder = new SimpleTokenBuilder(...ids, 'room', uid)
    prepare(builder)
    return decode006(builder.buildToken())
  }

  it.each([
    [0, 4],
    [1, 4],
    [2, 1],
    [3, 1],
    [101, 4],
  ])('grants role %i %i privileges until the end of the token', (role, count) => {
    const { privileges } = build((builder) => builder.initPrivileges(role))
    expect(Object.values(privileges)).toEqual(Array.from({ length: count }, () => 0))
  })

  it('withdraws what was granted before when it gets a role', () => {
    const { privileges } = build((builder) => {
      builder.setPrivilege(Privileges.kRtmLogin, 5)
      builder.initPrivileges(RtcRole.SUBSCRIBER)
    })
    expect(privileges).toEqual({ joinChannel: 0 })
  })

  it('sets and removes single privileges, and no other builder feels it', () => {
    const { privileges } = build((builder) => {
      builder.initPrivileges(RtcRole.PUBLISHER)
      builder.setPrivilege(Privileges.kJoinChannel, 1_700_000_000)
      builder.removePrivilege(Privileges.kPublishDataStream)
      builder.removePrivilege(99)
    })
    expect(privileges).toEqual({
      joinChannel: 1_700_000_000,
      publishAudioStream: 0,
      publishVideoStream: 0,
    })
    const other = build((builder) => builder.initPrivileges(RtcRole.PUBLISHER))
    expect(Object.values(other.privileges)).toEqual([0, 0, 0, 0])
  })

  it('keeps salt, end and privileges of an origin token, and signs for its own channel', () => {
    const origin = RtcTokenBuilder.buildTokenWithUid(...ids, 'old', 1, 1, 1_700_000_000)
    const builder = new SimpleTokenBuilder(...ids, 'new', 'alice')
    expect(builder.initTokenBuilder(origin)).toBe(true)
    const token = builder.buildToken()
    const { salt, tokenExpiresAt, privileges } = decode006(origin)
    expect(decode006(token)).toMatchObject({ appId, salt, tokenExpiresAt, privileges })
    const now = 1_600_000_000
    expect(
      verifyToken(token, { appCertificate, channel: 'new', account: 'alice', now }),
    ).toBeDefined()
  })

  it('rebuilds the origin token when everything else is the same', () => {
    const origin = RtcTokenBuilder.buildTokenWithUserAccount(...ids, 'room', '0', 1, 1_700_000_000)
    const builder = new SimpleTokenBuilder(...ids, 'room', '0')
    builder.initTokenBuilder(origin)
    expect(builder.buildToken()).toBe(origin)
  })

  it.each(['', '006', 'rubbish', FpaTokenBuilder.buildToken(...ids)])(
    'stays as it is when the origin is no 006 token: %s',
    (origin) => {
      const { privileges } = build((builder) => {
        builder.setPrivilege(Privileges.kJoinChannel)
        expect(builder.initTokenBuilder(origin)).toBe(false)
      })
      expect(privileges).toEqual({ joinChannel: 0 })
    },
  )

  it('keeps its own App ID, the one that goes with its certificate', () => {
    const origin = RtcTokenBuilder.buildTokenWithUid('0'.repeat(32), appCertificate, 'room', 7, 1)
    const builder = new SimpleTokenBuilder(...ids, 'room', 7)
    builder.initTokenBuilder(origin)
    expect(decode006(builder.buildToken()).appId).toBe(appId)
  })

  it('refuses what is no uid, no privilege, no role', () => {
    expect(() => build(() => {}, Number.NaN)).toThrow(code('UID_INVALID'))
    expect(() => build((builder) => builder.setPrivilege(-1))).toThrow(code('PRIVILEGE_INVALID'))
    expect(() => build((builder) => builder.initPrivileges(1.5))).toThrow(code('ROLE_UNKNOWN'))
  })
})

describe('AccessToken', () => {
  it('reads what it built, and leaves channel and user alone', () => {
    const token = new AccessToken(...ids, 'room', 0)
    token.addPrivilege(Privileges.kAdministrateChannel, 5)
    token.addPriviledge(60_000, 6)
    const read = new AccessToken('', '', 'mine', 'me')
    expect(read.fromString(token.build())).toBe(true)
    expect(read).toMatchObject({
      appID: appId,
      channelName: 'mine',
      uid: 'me',
      salt: token.salt,
      ts: token.ts,
      messages: { 101: 5, 60_000: 6 },
    })
  })

  it('holds a thousand privileges', () => {
    const token = new AccessToken(...ids, 'room', 7)
    for (let id = 0; id < 1000; id++) token.addPrivilege(id, id)
    const read = new AccessToken('', '', '', '')
    read.fromString(token.build())
    expect(read.messages).toEqual(token.messages)
  })
})

describe('AccessToken2', () => {
  it('reads and rebuilds what it built, services it does not know included', () => {
    const token = new AccessToken2(...ids, 1_111_111, 600)
    const rtc = new ServiceRtc('room', 7)
    rtc.addPrivilege(ServiceRtc.kPrivilegeJoinChannel, 60)
    rtc.add_privilege(77, 61)
    const unknown = new Service(999)
    unknown.add_privilege(3, 4)
    for (const service of [unknown, new ServiceRtm2('alice'), rtc]) token.addService(service)
    const read = new AccessToken2()
    expect(read.fromString(token.build())).toBe(true)
    expect(read).toMatchObject({ appId, issueTs: 1_111_111, expire: 600, salt: token.salt })
    expect(read.services.map((service) => service.service_type())).toEqual([1, 8])
    expect(read.getServices(1)[0]).toMatchObject({ uid: '7', privileges: { 1: 60, 77: 61 } })
    expect(read.verifySignature(appCertificate)).toBe(true)
    expect(read.verifySignature(appCertificate.toLowerCase())).toBe(false)
    expect(read.verifySignature(undefined as never)).toBe(false)
  })

  it('is issued now and lasts 900 seconds unless told otherwise', () => {
    const { issueTs, expire } = new AccessToken2(...ids)
    expect(Number.isInteger(issueTs)).toBe(true)
    expect(Math.abs(issueTs - Date.now() / 1000)).toBeLessThan(10)
    expect(expire).toBe(900)
  })

  it('reads a signature that shares no memory with anything else', () => {
    const read = new AccessToken2()
    read.from_string(FpaTokenBuilder.buildToken(...ids))
    expect(read.signature).toHaveLength(32)
    expect(read.signature.buffer.byteLength).toBe(32)
  })

  it('forgets an earlier token when it cannot read the next', () => {
    const read = new AccessToken2()
    read.from_string(FpaTokenBuilder.buildToken(...ids))
    expect(read.from_string('007rubbish')).toBe(false)
    expect(read).toMatchObject({ appId: '', services: [] })
    expect(read.verifySignature(appCertificate)).toBe(false)
  })

  it('refuses to build without a service or with a wrong project', () => {
    expect(() => new AccessToken2(...ids).build()).toThrow(code('SERVICES_INVALID'))
    const token = new AccessToken2('', appCertificate)
    token.add_service(new ServiceRtc('room', 7))
    expect(() => token.build()).toThrow(code('APP_ID_INVALID'))
  })
})

it.each([
  new AccessToken(...ids, 'room', 7),
  new AccessToken2(...ids),
  new SimpleTokenBuilder(...ids, 'room', 7),
])('does not show the certificate: %#', (object) => {
  expect(JSON.stringify(object) + inspect(object, { showHidden: true })).not.toContain(
    appCertificate,
  )
})

function decode006(token: string) {
  const decoded = decodeToken(token)
  if (decoded.version !== '006') throw new Error('006 expected')
  return decoded
}

function decode007(token: string) {
  const decoded = decodeToken(token)
  if (decoded.version !== '007') throw new Error('007 expected')
  return decoded
}
