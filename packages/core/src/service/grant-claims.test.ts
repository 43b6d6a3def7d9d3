import { describe, expect, it } from 'vitest'
import {
  apaas,
  chat,
  convoAI,
  createToken,
  decodeToken,
  fcdn,
  fpa,
  rtc,
  rtm,
  rtm2,
  type ServiceGrant,
  streaming,
  stt,
  verifyToken,
} from '../index.ts'

const project = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const now = 1_700_000_000
const sign = (...services: ServiceGrant[]) =>
  createToken({ ...project, ttl: 600, issuedAt: now, salt: 1, services })

describe('a grant', () => {
  it.each<[ServiceGrant, object]>([
    [rtm({ userId: 'alice' }), { userId: 'alice', privileges: { login: 600 } }],
    [chat({ userId: 'alice' }), { userId: 'alice', privileges: { user: 600 } }],
    [chat({ app: true }), { userId: '', privileges: { app: 600 } }],
    [fpa(), { privileges: { login: 0 } }],
    [convoAI(), { privileges: {} }],
    [stt(), { privileges: {} }],
    [
      streaming({ channel: 'room', uid: 7, privileges: { publishMixStream: 60 } }),
      { channel: 'room', user: '7', privileges: { publishMixStream: 60 } },
    ],
    [
      fcdn({ channel: 'room', account: 'alice', privileges: { publish: 600, play: 60 } }),
      { channel: 'room', user: 'alice', privileges: { publish: 600, play: 60 } },
    ],
    [
      apaas({ roomUuid: 'room', userUuid: 'alice', role: 0 }),
      { roomUuid: 'room', userUuid: 'alice', role: 0, privileges: { roomUser: 600 } },
    ],
    [
      apaas({ userUuid: 'alice' }),
      { roomUuid: '', userUuid: 'alice', role: -1, privileges: { user: 600 } },
    ],
    [apaas({ app: true }), { roomUuid: '', userUuid: '', role: -1, privileges: { app: 600 } }],
    [
      rtm2({
        userId: 'alice',
        permissions: {
          users: { write: ['bob'] },
          messageChannels: { write: [], read: ['a', 'b'] },
        },
      }),
      {
        userId: 'alice',
        permissions: [
          { resource: 'messageChannels', access: 'read', names: ['a', 'b'] },
          { resource: 'messageChannels', access: 'write', names: [] },
          { resource: 'users', access: 'write', names: ['bob'] },
        ],
        privileges: { login: 600 },
      },
    ],
  ])('%j is written and read back', (grant, claims) => {
    const { service } = grant
    expect(decodeToken(sign(grant))).toMatchObject({ services: [{ service, ...claims }] })
  })

  it('of each kind fits into one token, in the order of their numbers', () => {
    const services = [
      stt(),
      convoAI(),
      chat({ userId: 'a' }),
      rtm({ userId: 'a' }),
      rtc({ channel: 'room', uid: 7, role: 'publisher' }),
      rtm({ userId: 'b' }),
    ]
    expect(decodeToken(sign(...services))).toMatchObject({
      services: [
        { service: 'rtc' },
        { service: 'rtm', userId: 'a' },
        { service: 'rtm', userId: 'b' },
        { service: 'chat' },
        { service: 'convoAI' },
        { service: 'stt' },
      ],
    })
  })

  it.each<[string, string, object]>([
    ['USER_ID_INVALID', 'a blank user id', { service: 'rtm', userId: '' }],
    ['USER_ID_INVALID', 'a number as user id', { service: 'rtm', userId: 0 }],
    ['USER_ID_INVALID', 'a user id of 65 bytes', { service: 'chat', userId: 'a'.repeat(65) }],
    ['USER_ID_INVALID', 'a classroom user without an id', { service: 'apaas' }],
    ['USER_ID_INVALID', 'a room user without a room', { service: 'apaas', userUuid: 'a', role: 1 }],
    [
      'ROLE_UNKNOWN',
      'a room user without a role',
      { service: 'apaas', userUuid: 'a', roomUuid: 'r' },
    ],
    [
      'IDENTITY_AMBIGUOUS',
      'a chat user who is the app',
      { service: 'chat', userId: 'a', app: true },
    ],
    [
      'IDENTITY_AMBIGUOUS',
      'a classroom user who is the app',
      { service: 'apaas', userUuid: 'a', app: true },
    ],
    [
      'PRIVILEGE_INVALID',
      'a privilege of another service',
      {
        service: 'fcdn',
        channel: 'a',
        uid: 1,
        privileges: { joinChannel: 60 },
      },
    ],
    ['PERMISSION_INVALID', 'no permissions', { service: 'rtm2', userId: 'a' }],
    [
      'PERMISSION_INVALID',
      'another resource',
      { service: 'rtm2', userId: 'a', permissions: { rooms: {} } },
    ],
    [
      'PERMISSION_INVALID',
      'another access',
      {
        service: 'rtm2',
        userId: 'a',
        permissions: { users: { own: [] } },
      },
    ],
    [
      'PERMISSION_INVALID',
      'names that are not strings',
      {
        service: 'rtm2',
        userId: 'a',
        permissions: { users: { read: [7] } },
      },
    ],
    ['SERVICES_INVALID', 'another service', { service: 'toString' }],
  ])('is refused with %s: %s', (code, _, grant) => {
    expect(() => sign(grant as ServiceGrant)).toThrow(expect.objectContaining({ code }))
  })
})

describe('an RTM token', () => {
  it.each(['006', '007'] as const)('of version %s is verified for its user', (version) => {
    const services = [rtm({ userId: 'alice' })]
    const token = createToken({ ...project, version, ttl: 600, issuedAt: now, services })
    const { appCertificate } = project
    expect(verifyToken(token, { appCertificate, userId: 'alice', now }).expiresAt).toBe(now + 600)
    expect(() => verifyToken(token, { appCertificate, userId: 'bob', now })).toThrow(
      expect.objectContaining({ code: 'USER_MISMATCH' }),
    )
  })

  it('of version 006 can be made for RTC and RTM only', () => {
    const services = [chat({ userId: 'alice' })]
    expect(() => createToken({ ...project, version: '006', ttl: 600, services })).toThrow(
      expect.objectContaining({ code: 'SERVICES_INVALID' }),
    )
  })
})
