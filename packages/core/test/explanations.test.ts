import { describe, expect, it } from 'vitest'
import { explainToken as explainUnsigned } from '../src/inspect.ts'
import { encode006 } from '../src/version-006/encode-006.ts'
import { encode007 } from '../src/version-007/encode-007.ts'
import {
  type ExplainOptions,
  explainToken,
  type FindingCode,
  type KnownService,
  type Severity,
} from '../src/index.ts'

// One row for each kind of mistake and each instance of it: a text, what it is compared with, and the finding
// that has to come first.

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const otherCertificate = '6CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const now = issuedAt + 10
const HOUR = 3600
const base = { appId, issuedAt, expiresIn: HOUR, salt: 1 }

// What a caller without types can give.
type Options = Readonly<Record<string, unknown>>

function v7(...services: readonly KnownService[]): string {
  return encode007({ ...base, services }, appCertificate)
}

function v6(channel: string, user: string, rights: readonly string[] = ['joinChannel']): string {
  const privileges = Object.fromEntries(rights.map((name) => [name, issuedAt + HOUR]))
  const claims = { appId, channel, user, salt: 1, privileges, tokenExpiresAt: issuedAt + 86_400 }
  return encode006(claims, appCertificate)
}

function call(channel = 'room-42', user = '44', privileges = allOf(RTC)): KnownService {
  return { service: 'rtc', channel, user, privileges }
}

const RTC = ['joinChannel', 'publishAudioStream', 'publishVideoStream', 'publishDataStream']
const allOf = (names: readonly string[], life = HOUR) =>
  Object.fromEntries(names.map((name) => [name, life]))

const rtm = (userId = 'alice', privileges = allOf(['login'])): KnownService => {
  return { service: 'rtm', userId, privileges }
}
const rtm2 = (userId = 'alice'): KnownService => {
  return { service: 'rtm2', userId, privileges: allOf(['login']), permissions: [] }
}
const chat = (userId = 'alice', privileges = allOf(['user'])): KnownService => {
  return { service: 'chat', userId, privileges }
}
const streaming = (channel = 'room-42', user = '44'): KnownService => {
  return { service: 'streaming', channel, user, privileges: allOf(['publishMixStream']) }
}
const fcdn: KnownService = { service: 'fcdn', channel: 'a', user: 'b', privileges: allOf(['play']) }
const fpa: KnownService = { service: 'fpa', privileges: allOf(['login']) }
const apaas = (roomUuid = 'class', userUuid = 'alice'): KnownService => {
  return { service: 'apaas', roomUuid, userUuid, role: 1, privileges: {} }
}
const convoAI: KnownService = { service: 'convoAI', privileges: {} }
const CONVO = [call(), rtm(), convoAI]

const rtm6 = (userId = 'alice') => v6(userId, '', ['rtmLogin'])
const MD5 = '6384e2b2184bcbf58eccf10ca7a6563c'
const UUID = '6f1d3a52-0c1e-11ee-be56-0242ac120002'

type Row = readonly [
  what: string,
  text: string,
  options: Options,
  code: FindingCode,
  severity: Severity,
  message?: RegExp,
]

const complete = ([what, text, options, code, severity, message = /./]: Row) =>
  [what, text, options, code, severity, message] as const

describe.each<[string, readonly Row[]]>([
  [
    'who uses a token, and for what',
    [
      [
        'RTM, the right user',
        v7(rtm()),
        { userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
        /userId of rtm/,
      ],
      [
        'RTM, another user',
        v7(rtm()),
        { service: 'rtm', userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /"alice" of rtm, "bob" uses/,
      ],
      [
        'RTM, another user, no door given',
        v7(rtm()),
        { userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /"alice".*"bob"/,
      ],
      [
        'RTM, another user as an account',
        v7(rtm()),
        { account: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /"alice".*"bob"/,
      ],
      [
        'RTM, another user as a uid',
        v7(rtm('44')),
        { uid: 45 },
        'USER_MISMATCH',
        'fatal',
        /"44".*"45"/,
      ],
      [
        'RTM, and Agora is to choose a uid',
        v7(rtm()),
        { uid: null },
        'USER_MISMATCH',
        'fatal',
        /"alice" of rtm, uid 0, for which Agora chooses a number, joins/,
      ],
      [
        'RTM, a user in another case',
        v7(rtm()),
        { userId: 'Alice' },
        'USER_MISMATCH',
        'fatal',
        /upper and lower case/,
      ],
      [
        'RTM2, another user',
        v7(rtm2()),
        { service: 'rtm2', userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /rtm2/,
      ],
      [
        'RTM2, the right user',
        v7(rtm2()),
        { service: 'rtm2', userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'Chat, another user',
        v7(chat()),
        { service: 'chat', userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /"alice" of chat, "bob"/,
      ],
      [
        'Chat, another user, no door given',
        v7(chat()),
        { userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        'Chat, the right user',
        v7(chat()),
        { service: 'chat', userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
        /userId of chat/,
      ],
      [
        'Streaming, another channel',
        v7(streaming()),
        { service: 'streaming', channel: 'b', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
      ],
      [
        'Streaming, another user',
        v7(streaming()),
        { service: 'streaming', channel: 'room-42', uid: 45 },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        'FCDN, another channel',
        v7(fcdn),
        { service: 'fcdn', channel: 'c', account: 'b' },
        'CHANNEL_MISMATCH',
        'fatal',
      ],
      [
        'aPaaS, another room',
        v7(apaas()),
        { service: 'apaas', channel: 'b', userId: 'alice' },
        'CHANNEL_MISMATCH',
        'fatal',
      ],
      [
        'aPaaS, another user',
        v7(apaas()),
        { service: 'apaas', channel: 'class', userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        'aPaaS, all right',
        v7(apaas()),
        { service: 'apaas', channel: 'class', userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'aPaaS, a user without a room',
        v7(apaas('')),
        { service: 'apaas', userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'aPaaS, who has RTM and Chat as well',
        v7(apaas(), rtm(), chat(MD5)),
        { userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'a call and RTM, another user of RTM',
        v7(call(), rtm()),
        { channel: 'room-42', uid: 44, userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /rtm/,
      ],
      [
        'a call and RTM, another user of the call',
        v7(call(), rtm()),
        { channel: 'room-42', uid: 45, userId: 'alice' },
        'USER_MISMATCH',
        'fatal',
        /uid 45/,
      ],
      [
        'a call and RTM, all right',
        v7(call(), rtm()),
        { channel: 'room-42', uid: 44, userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
        /channel and uid of rtc, userId of rtm/,
      ],
      [
        'a call and RTM, the door of RTM',
        v7(call('x'), rtm()),
        { service: 'rtm', userId: 'alice' },
        'NO_FAULT_FOUND',
        'info',
      ],

      [
        '006 RTM, another user',
        rtm6(),
        { service: 'rtm', userId: 'bob' },
        'USER_MISMATCH',
        'fatal',
        /checksum.*"bob" uses/,
      ],
      ['006 RTM, another user, no door given', rtm6(), { userId: 'bob' }, 'USER_MISMATCH', 'fatal'],
      ['006 RTM, another user as an account', rtm6(), { account: 'bob' }, 'USER_MISMATCH', 'fatal'],
      [
        '006 RTM, a user with a space',
        rtm6(),
        { userId: 'alice ' },
        'USER_MISMATCH',
        'fatal',
        /spaces/,
      ],
      [
        '006 RTM, another certificate',
        rtm6(),
        { userId: 'alice', appCertificate: otherCertificate },
        'SIGNATURE_MISMATCH',
        'fatal',
      ],
      [
        '006 RTM, its certificate',
        rtm6(),
        { userId: 'alice', appCertificate },
        'OLD_VERSION',
        'info',
      ],
      [
        '006 RTM, its certificate and no user',
        rtm6(),
        { appCertificate },
        'SIGNATURE_UNCHECKED',
        'warning',
      ],
      [
        '006 RTM, signed with a second name',
        v6('alice', '7', ['rtmLogin']),
        { userId: 'alice' },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        '006 at the door of Chat',
        v6('room-42', '44'),
        { service: 'chat', userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /CHAT.*rtc/,
      ],
      [
        '006 RTM where a channel is joined',
        rtm6(),
        { channel: 'room-42', uid: 44 },
        'SERVICE_MISMATCH',
        'fatal',
        /RTC.*rtm/,
      ],

      [
        'a call at the door of RTM',
        v7(call()),
        { service: 'rtm', userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /Expected RTM, but the token holds rtc: the console's temporary tokens are for RTC/,
      ],
      [
        'a call, and a user id given',
        v7(call()),
        { userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /as a userId was given, but the token holds rtc: the console/,
      ],
      [
        '006 of a call at the door of RTM',
        v6('room-42', '44'),
        { service: 'rtm', userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /RTM.*rtc/,
      ],
      [
        'RTM at the door of calls',
        v7(rtm()),
        { service: 'rtc', channel: 'room-42' },
        'SERVICE_MISMATCH',
        'fatal',
        /Expected RTC, but the token holds rtm/,
      ],
      [
        'RTM where a channel is joined',
        v7(rtm()),
        { channel: 'room-42' },
        'SERVICE_MISMATCH',
        'fatal',
        /Expected RTC, as a channel was given, but the token holds rtm/,
      ],
      [
        'Chat at the door of RTM',
        v7(chat()),
        { service: 'rtm', userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /RTM.*chat/,
      ],
      [
        'RTM at the door of Chat',
        v7(rtm()),
        { service: 'chat', userId: 'alice' },
        'SERVICE_MISMATCH',
        'fatal',
        /CHAT.*rtm/,
      ],
      [
        'a call at the door of Chat',
        v7(call()),
        { service: 'chat' },
        'SERVICE_MISMATCH',
        'fatal',
        /CHAT.*rtc/,
      ],
      [
        'a call at the door of Streaming',
        v7(call()),
        { service: 'streaming', channel: 'room-42' },
        'SERVICE_MISMATCH',
        'fatal',
        /STREAMING.*rtc/,
      ],
      [
        'FPA at the door of calls',
        v7(fpa),
        { service: 'rtc' },
        'SERVICE_MISMATCH',
        'fatal',
        /RTC.*fpa/,
      ],
      ['FPA, and an account given', v7(fpa), { account: 'a' }, 'SERVICE_MISMATCH', 'fatal'],
      ['nothing at all', v7(), {}, 'SERVICE_MISMATCH', 'fatal', /no service/],
      [
        'RTM2 at the door of RTM',
        v7(rtm2()),
        { service: 'rtm', userId: 'alice' },
        'SERVICE_MISMATCH',
        'warning',
        /RTM.*rtm2/,
      ],
      [
        'RTM at the door of RTM2',
        v7(rtm()),
        { service: 'rtm2', userId: 'alice' },
        'SERVICE_MISMATCH',
        'warning',
        /RTM2.*rtm/,
      ],
      [
        'a call at the door of ConvoAI',
        v7(call()),
        { service: 'convoAI', channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'a call at the door of STT',
        v7(call()),
        { service: 'stt', channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'ConvoAI, another channel',
        v7(...CONVO),
        { service: 'convoAI', channel: 'b', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
      ],
      [
        'RTM at the door of ConvoAI',
        v7(rtm()),
        { service: 'convoAI' },
        'SERVICE_MISMATCH',
        'fatal',
        /CONVOAI.*rtm/,
      ],

      [
        'Chat without a user, for a user',
        v7(chat('', allOf(['app']))),
        { service: 'chat', userId: 'alice' },
        'CHAT_APP_TOKEN',
        'fatal',
        /app token/,
      ],
      [
        'Chat without a user',
        v7(chat('', allOf(['app']))),
        {},
        'CHAT_APP_TOKEN',
        'warning',
        /app token/,
      ],
      [
        'Chat without a user beside a call',
        v7(call(), chat('', allOf(['app']))),
        { channel: 'room-42', uid: 44 },
        'CHAT_APP_TOKEN',
        'warning',
      ],
      ['RTM with a blank user', v7(rtm('')), { userId: 'alice' }, 'RTM_USER_BLANK', 'fatal'],
      ['006 RTM with a blank user', rtm6(''), { userId: 'alice' }, 'RTM_USER_BLANK', 'fatal'],
      [
        'RTM with a blank user beside a call',
        v7(call(), rtm('')),
        { channel: 'room-42', uid: 44 },
        'RTM_USER_BLANK',
        'warning',
      ],
      [
        'RTM for a user that was missing',
        v7(rtm('undefined')),
        { userId: 'undefined' },
        'VALUE_WAS_MISSING',
        'warning',
      ],

      [
        'RTM without the right to log in',
        v7(rtm('alice', {})),
        { userId: 'alice' },
        'NO_JOIN_PRIVILEGE',
        'fatal',
        /login of rtm/,
      ],
      [
        'Chat without any right',
        v7(chat('alice', {})),
        { userId: 'alice' },
        'NO_JOIN_PRIVILEGE',
        'fatal',
        /user or app/,
      ],
      [
        'RTM whose right has ended',
        v7(rtm('alice', { login: 5 })),
        { userId: 'alice' },
        'JOIN_ENDED',
        'fatal',
        /login/,
      ],
      [
        'RTM whose right has ended, at the door of calls',
        v7(call(), rtm('alice', { login: 5 })),
        { channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        '006 RTM whose right has ended',
        rtm6(),
        { userId: 'alice', now: issuedAt + 2 * HOUR },
        'JOIN_ENDED',
        'fatal',
        /login/,
      ],
    ],
  ],
  [
    'what could not be compared',
    [
      [
        'a channel at the door of RTM',
        v7(rtm()),
        { service: 'rtm', userId: 'alice', channel: 'room-42' },
        'NOT_COMPARED',
        'warning',
        /channel was not compared: a token for rtm has none/,
      ],
      [
        'a uid beside a user id',
        v7(rtm()),
        { service: 'rtm', userId: 'alice', uid: 44 },
        'NOT_COMPARED',
        'warning',
        /uid was not compared: a token for rtm/,
      ],
      [
        'a user id at the door of calls',
        v7(call(), rtm()),
        { service: 'rtc', channel: 'room-42', uid: 44, userId: 'alice' },
        'NOT_COMPARED',
        'warning',
        /userId was not compared: a token for rtc/,
      ],
      [
        'a channel at the door of Chat',
        v7(chat()),
        { service: 'chat', userId: 'alice', channel: 'a' },
        'NOT_COMPARED',
        'warning',
        /chat/,
      ],
      [
        'names at the door of FPA',
        v7(fpa),
        { service: 'fpa', account: 'a' },
        'NOT_COMPARED',
        'warning',
        /account was not compared: a token for fpa/,
      ],
      [
        'a Chat user that goes by a UUID',
        v7(chat(UUID)),
        { service: 'chat', userId: 'alice' },
        'NOT_COMPARED',
        'warning',
        /another id/,
      ],
      [
        'a Chat user that goes by an MD5',
        v7(chat(MD5)),
        { service: 'chat', userId: 'alice' },
        'NOT_COMPARED',
        'warning',
        /another id/,
      ],
      [
        'a misspelt expectation',
        v7(call()),
        { channel: 'room-42', uid: 44, chanel: 'b' },
        'NOT_COMPARED',
        'warning',
        /"chanel"/,
      ],
      [
        'an unknown door',
        v7(call()),
        { service: 'video', channel: 'room-42', uid: 44 },
        'EXPECTATION_INVALID',
        'warning',
        /service/,
      ],
      [
        'a number as user id',
        v7(rtm('7')),
        { userId: 7 },
        'EXPECTATION_INVALID',
        'warning',
        /userId/,
      ],
      [
        'no account',
        v7(call()),
        { channel: 'room-42', account: null },
        'EXPECTATION_INVALID',
        'warning',
        /account/,
      ],
      [
        'a 006 signature without a channel',
        v6('room-42', '44'),
        { uid: 44, appCertificate },
        'SIGNATURE_UNCHECKED',
        'warning',
      ],
      [
        'a 006 signature without a user',
        v6('room-42', '44'),
        { channel: 'room-42', appCertificate },
        'SIGNATURE_UNCHECKED',
        'warning',
      ],
    ],
  ],
  [
    'no uid is a uid',
    [
      [
        'null for a user',
        v7(call()),
        { channel: 'room-42', uid: null },
        'USER_MISMATCH',
        'fatal',
        /uid 0/,
      ],
      [
        '0 for a user',
        v7(call()),
        { channel: 'room-42', uid: 0 },
        'USER_MISMATCH',
        'fatal',
        /uid 0/,
      ],
      [
        '006, null for a user',
        v6('room-42', '44'),
        { channel: 'room-42', uid: null },
        'USER_MISMATCH',
        'fatal',
        /uid 0/,
      ],
      [
        'null where every user may',
        v7(call('room-42', '')),
        { channel: 'room-42', uid: null },
        'USER_ANY',
        'warning',
      ],
      [
        'no user given',
        v7(call()),
        { channel: 'room-42' },
        'USER_ONLY',
        'info',
        /for user 44 only; join with that uid/,
      ],
      ['nothing given', v7(call()), {}, 'USER_ONLY', 'info', /for user 44 only/],
      [
        'no user given, an account',
        v7(call('room-42', 'alice')),
        { channel: 'room-42' },
        'USER_ONLY',
        'info',
        /for user alice only; join with that account/,
      ],
      [
        'no user given, 006',
        v6('room-42', '44', RTC),
        { channel: 'room-42' },
        'USER_ONLY',
        'info',
        /one user.*checksum/,
      ],
      [
        'no user given, RTM',
        v7(rtm()),
        { service: 'rtm' },
        'USER_ONLY',
        'info',
        /for user alice only; use rtm as that user/,
      ],
      [
        'no user of the call given',
        v7(call(), rtm()),
        { channel: 'room-42', userId: 'alice' },
        'USER_ONLY',
        'info',
        /for user 44 only/,
      ],
    ],
  ],
  [
    'names that are patterns',
    [
      [
        'a channel that begins in one way',
        v7(call('room-*')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
        /opens every channel of rtc that begins with room-\./,
      ],
      [
        'a channel with three parts',
        v7(call('1*a*2')),
        { channel: '1abc2', uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
        /begins with 1 and holds a and ends with 2/,
      ],
      [
        'a channel that ends in one way',
        v7(call('*-42')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
        /ends with -42/,
      ],
      [
        'a channel that holds something',
        v7(call('*oo*')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
        /that holds oo\./,
      ],
      [
        'a pattern, and no channel given',
        v7(call('room-*')),
        { uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
      ],
      [
        'a channel that does not fit',
        v7(call('hall-*')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
        /"hall-\*".*"room-42"/,
      ],
      [
        'a channel that would fit in another case',
        v7(call('Room-*')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
        /upper and lower case/,
      ],
      ['every channel', v7(call('*')), { channel: 'room-42', uid: 44 }, 'CHANNEL_ANY', 'warning'],
      ['a blank channel', v7(call('')), { channel: 'room-42', uid: 44 }, 'CHANNEL_ANY', 'warning'],
      [
        'a user that begins in one way',
        v7(call('room-42', '4*')),
        { channel: 'room-42', uid: 44 },
        'USER_PATTERN',
        'warning',
        /every user of rtc that begins with 4/,
      ],
      [
        'an account by pattern',
        v7(call('room-42', 'al*e')),
        { channel: 'room-42', account: 'alice' },
        'USER_PATTERN',
        'warning',
      ],
      [
        'a user that does not fit',
        v7(call('room-42', '5*')),
        { channel: 'room-42', uid: 44 },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        'every user',
        v7(call('room-42', '*')),
        { channel: 'room-42', uid: 44 },
        'USER_ANY',
        'warning',
      ],
      [
        'every user, and uid 0',
        v7(call('room-42', '*')),
        { channel: 'room-42', uid: 0 },
        'USER_ANY',
        'warning',
      ],
      [
        'a blank user',
        v7(call('room-42', '')),
        { channel: 'room-42', uid: 44 },
        'USER_ANY',
        'warning',
      ],
      [
        'the user "0"',
        v7(call('room-42', '0')),
        { channel: 'room-42', uid: 44 },
        'USER_ZERO_TEXT',
        'warning',
      ],
      [
        '006, the user "0"',
        v6('room-42', '0'),
        { channel: 'room-42', uid: 44 },
        'USER_MISMATCH',
        'fatal',
      ],
      [
        '006, every channel',
        v6('*', '44'),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
        /only in 007 is it a pattern/,
      ],
      [
        '006, a blank channel',
        v6('', '44'),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_MISMATCH',
        'fatal',
        /only in 007/,
      ],
      [
        '006, every user',
        v6('room-42', '*'),
        { channel: 'room-42', uid: 44 },
        'USER_MISMATCH',
        'fatal',
        /only in 007/,
      ],
      [
        '006, a blank user',
        v6('room-42', ''),
        { channel: 'room-42', uid: 44 },
        'USER_ANY',
        'warning',
      ],
      [
        'two rooms, the other by pattern',
        v7(call('hall'), call('room-*')),
        { channel: 'room-42', uid: 44 },
        'CHANNEL_PATTERN',
        'warning',
      ],
      [
        'a room and its pattern for another user',
        v7(call('room-42'), call('room-*', '45')),
        { channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
    ],
  ],
  [
    'several calls in one token',
    [
      [
        'the room second',
        v7(call('lobby', '44', allOf(RTC, 5)), call()),
        { channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'the room first',
        v7(call(), call('lobby', '44', allOf(RTC, 5))),
        { channel: 'room-42', uid: 44 },
        'NO_FAULT_FOUND',
        'info',
      ],
      [
        'the other room',
        v7(call(), call('lobby', '44', allOf(RTC, 5))),
        { channel: 'lobby', uid: 44 },
        'JOIN_ENDED',
        'fatal',
      ],
      [
        'the user of the other room',
        v7(call(), call('lobby', '45')),
        { channel: 'room-42', uid: 45 },
        'USER_MISMATCH',
        'fatal',
        /"44"/,
      ],
    ],
  ],
  [
    'App ID and certificate swapped',
    [
      [
        'where the token was made',
        swapped(),
        { appId, appCertificate, channel: 'room-42', uid: 44 },
        'APP_ID_IS_CERTIFICATE',
        'fatal',
        /secret is readable/,
      ],
      ['with nothing else given', swapped(), { appCertificate }, 'APP_ID_IS_CERTIFICATE', 'fatal'],
      [
        'in another case',
        swapped(),
        { appCertificate: appCertificate.toLowerCase() },
        'APP_ID_IS_CERTIFICATE',
        'fatal',
      ],
      [
        'in a token that has ended',
        swapped(),
        { appCertificate, now: issuedAt + 86_400 },
        'APP_ID_IS_CERTIFICATE',
        'fatal',
      ],
    ],
  ],
])('an explanation of %s', (_, rows) => {
  it.each(rows.map(complete))('%s', (_what, text, options, code, severity, message) => {
    const given = { now, ...options } as ExplainOptions
    const explanation = explainToken(text, given)
    const { findings } = explanation
    const first = findings.find((found) => found.code !== 'OLD_VERSION' || code === 'OLD_VERSION')
    expect(first).toMatchObject({ code, severity })
    expect(first!.message).toMatch(message)
    if (!('appCertificate' in options))
      expect(explainUnsigned(text, given).findings).toEqual(findings)
    const known = (given.appCertificate ?? otherCertificate).toLowerCase()
    expect(JSON.stringify(explanation).toLowerCase()).not.toContain(known)
  })
})

function swapped(): string {
  return encode007({ ...base, appId: appCertificate, services: [call()] }, appId)
}

describe('an explanation', () => {
  it('never says that there is no fault beside what could not be compared', () => {
    const { findings } = explainToken(rtm6(), {
      now,
      userId: 'alice',
      channel: 'a',
      appCertificate,
    })
    expect(findings.map(({ code }) => code)).not.toContain('NO_FAULT_FOUND')
  })

  it('of a token with thousands of services stays short', () => {
    const many = Array.from({ length: 2000 }, (_, i) => call(`room-${i}*`, `${i}`))
    expect(explainToken(v7(...many), { now }).findings.length).toBeLessThan(50)
  })
})
