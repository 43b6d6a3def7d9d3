import { chat, createToken, rtc, rtm } from '@rtc-token/core'
import { AccessToken2, ServiceRtc } from '@rtc-token/core/builders'
import { NOW, PROJECT, tokenOf } from './project.ts'

/** A token that a user has in hand: the arguments beside it, and the code that must come first. */
export interface Refused {
  readonly token: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly code: string
}

const JOIN = ['--channel', 'room-42', '--uid', '7']
const stage = (name: string) => [rtc({ channel: name, uid: 7, role: 'subscriber' })]

/** A token as a builder makes it that checks nothing. */
function built(channel: string, user: string | number, expire: number): string {
  const { appId, appCertificate } = PROJECT
  const token = new AccessToken2(appId, appCertificate, NOW - 60, expire)
  const service = new ServiceRtc(channel, user)
  service.add_privilege(1, expire)
  token.add_service(service)
  token.salt = 1
  return token.build()
}

/** Twenty tokens, each refused for another reason. */
export const REFUSED: Readonly<Record<string, Refused>> = {
  ended: { token: tokenOf({ issuedAt: NOW - 7200 }), args: JOIN, code: 'TOKEN_ENDED' },
  'other-channel': {
    token: tokenOf(),
    args: ['--channel', 'room-43', '--uid', '7'],
    code: 'CHANNEL_MISMATCH',
  },
  'other-uid': {
    token: tokenOf(),
    args: ['--channel', 'room-42', '--uid', '8'],
    code: 'USER_MISMATCH',
  },
  'account-for-uid': {
    token: tokenOf(),
    args: ['--channel', 'room-42', '--account', 'alice'],
    code: 'USER_MISMATCH',
  },
  'other-project': {
    token: tokenOf({ appId: 'a'.repeat(32) }),
    args: JOIN,
    code: 'APP_ID_MISMATCH',
  },
  'other-certificate': {
    token: tokenOf({ appCertificate: 'b'.repeat(32) }),
    args: JOIN,
    code: 'SIGNATURE_MISMATCH',
  },
  'swapped-secrets': {
    token: tokenOf({ appId: PROJECT.appCertificate, appCertificate: PROJECT.appId }),
    args: JOIN,
    code: 'APP_ID_IS_CERTIFICATE',
  },
  'cut-off': { token: tokenOf().slice(0, 100), code: 'TOKEN_CUT_OFF' },
  changed: { token: `${tokenOf().slice(0, 80)}*${tokenOf().slice(81)}`, code: 'TOKEN_DAMAGED' },
  quoted: { token: `"${tokenOf()}"`, code: 'TEXT_QUOTED' },
  bearer: { token: `Bearer ${tokenOf()}`, code: 'TEXT_BEARER' },
  'whole-reply': { token: JSON.stringify({ token: tokenOf(), uid: 7 }), code: 'TEXT_JSON' },
  html: { token: '<!doctype html><title>404</title>', code: 'TEXT_HTML' },
  jwt: { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl', code: 'TEXT_JWT' },
  placeholder: { token: 'undefined', code: 'TEXT_PLACEHOLDER' },
  'app-id': { token: PROJECT.appId, code: 'TEXT_APP_ID_OR_CERTIFICATE' },
  'spaces-for-plus': {
    token: built('a b+c~d', 'x+y', 0).replaceAll('+', ' '),
    code: 'TEXT_PLUS_LOST',
  },
  'no-life': { token: built('room-42', 7, 0), args: JOIN, code: 'LIFE_ZERO' },
  'length-in-006': {
    token: tokenOf({ version: '006', issuedAt: 3600 }),
    args: JOIN,
    code: 'TIME_RELATIVE_IN_006',
  },
  'messaging-at-a-call': {
    token: createToken({
      ...PROJECT,
      ttl: 3600,
      services: [rtm({ userId: '7' })],
      issuedAt: NOW,
      salt: 1,
    }),
    args: JOIN,
    code: 'SERVICE_MISMATCH',
  },
  'chat-of-the-server': {
    token: createToken({
      ...PROJECT,
      ttl: 3600,
      services: [chat({ app: true })],
      issuedAt: NOW,
      salt: 1,
    }),
    args: ['--user-id', 'alice'],
    code: 'CHAT_APP_TOKEN',
  },
  'terminal-escapes': {
    token: built('\u001B]0;pwned\u0007\u001B[2J\u202Eroom', 7, 3600),
    args: JOIN,
    code: 'CHANNEL_MISMATCH',
  },
  'not-yet': {
    token: tokenOf({ issuedAt: NOW + 600, services: stage('room-42') }),
    args: JOIN,
    code: 'ISSUED_IN_FUTURE',
  },
}
