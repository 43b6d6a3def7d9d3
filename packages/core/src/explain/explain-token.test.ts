import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encode006 } from '../version-006/encode-006.ts'
import type { KnownService } from '../layout/layouts.ts'
import { encode007 } from '../version-007/encode-007.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import { explainToken } from './explain-token.ts'
import type { ExplainExpectations } from './expectations.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const now = issuedAt + 10
const HOUR = 3600
const publisher = {
  joinChannel: HOUR,
  publishAudioStream: HOUR,
  publishVideoStream: HOUR,
  publishDataStream: HOUR,
}

function rtc(change: object = {}): KnownService {
  return { service: 'rtc', channel: 'room-42', user: '1234', privileges: publisher, ...change }
}

function token007(change: object = {}, services = [rtc()]): string {
  const claims = { appId, issuedAt, expiresIn: HOUR, salt: 1, services, ...change }
  return encode007(claims, appCertificate)
}

function token006(change: object = {}): string {
  const privileges = Object.fromEntries(
    Object.entries(publisher).map(([name, life]) => [name, issuedAt + life]),
  )
  const claims = { appId, channel: 'room-42', user: '1234', salt: 1, privileges }
  return encode006({ ...claims, tokenExpiresAt: issuedAt + 86_400, ...change }, appCertificate)
}

const good = { appId, channel: 'room-42', uid: 1234, now }

/** A token with one service, of an unknown number. */
function unknownService(): string {
  const writer = new ByteWriter().bytes(new Uint8Array(32), 'signature').text(appId, 'App ID')
  writer.u32(issuedAt, 'issue').u32(HOUR, 'ttl').u32(1, 'salt')
  writer.u16(1, 'count').u16(999, 'type').u16(0, 'privileges')
  return `007${deflateSync(writer.written()).toString('base64')}`
}

/** What was found besides what every 006 token is told. */
function codes(token: unknown, expected: object = {}): string[] {
  const { findings } = explainToken(token as string, { ...good, ...expected })
  return findings.map(({ code }) => code).filter((code) => code !== 'OLD_VERSION')
}

function messages(token: string, expected: ExplainExpectations = {}): string {
  return explainToken(token, { ...good, ...expected })
    .findings.map((f) => f.message)
    .join('\n')
}

const as = (account: string) => ({ uid: undefined, account })
const token = token007()
const inUrl = token007({ salt: 4 })

describe('explainToken of a text', () => {
  it.each<[string, string, unknown]>([
    ['TOKEN_MISSING', 'nothing', ''],
    ['TOKEN_MISSING', 'no value', undefined],
    ['TOKEN_MISSING', 'null', null],
    ['TEXT_PLACEHOLDER', 'the word undefined', 'undefined'],
    ['TEXT_PLACEHOLDER', 'the word null', 'null'],
    ['TEXT_PLACEHOLDER', 'an object turned into text', '[object Object]'],
    ['TEXT_PLACEHOLDER', 'a promise turned into text', '[object Promise]'],
    ['TEXT_PLACEHOLDER', 'the placeholder of a tutorial', '<Your temp token>'],
    ['TEXT_APP_ID_OR_CERTIFICATE', 'an App ID', appId],
    ['TEXT_JSON', 'a JSON text without a token', '{"error":"no"}'],
    ['TEXT_HTML', 'a page', '<!doctype html><title>Not found</title>'],
    ['TEXT_JWT', 'a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln_-x'],
    ['TEXT_OLD_KEY', 'a key 001', `${'0a'.repeat(36)}14464554720000055a`],
    ['TEXT_OLD_KEY', 'a key 002', `${'0a'.repeat(36)}14464554720000055a${'0'.repeat(20)}`],
    ['TEXT_OLD_KEY', 'a key 004', `004${'0a'.repeat(36)}1446455472`],
    ['TEXT_OLD_KEY', 'a key 005', '005AQAoAEJERTJDRDdFNkZDNkU0ODY='],
    ['TEXT_SIGNALING_TOKEN', 'a signaling token', `1:${appId}:1446455471:0f1e2d3c`],
    ['TEXT_UNKNOWN', 'another text', 'hello'],
    ['TEXT_UNKNOWN', 'an object', { token }],
    ['TOKEN_TOO_LARGE', 'a very long text', `007${'A'.repeat(200_000)}`],
    ['TOKEN_CUT_OFF', 'a 007 token without its end', token.slice(0, -9)],
    ['TOKEN_CUT_OFF', 'a 007 token cut to a column', token.slice(0, 64)],
    ['TOKEN_CUT_OFF', 'a 006 token without its last privilege', token006().slice(0, -8)],
    ['TOKEN_CUT_OFF', 'a 006 token without its last character', token006().slice(0, -1)],
    ['TOKEN_DAMAGED', 'a changed token', `${token.slice(0, 40)}AAAA${token.slice(44)}`],
  ])('finds %s in %s', (code, _, text) => {
    const explanation = explainToken(text as string, good)
    expect(explanation.kind).toBe('not-a-token')
    expect(explanation.findings.map((found) => found.code)).toEqual([code])
    expect(explanation.findings[0]!.severity).toBe('fatal')
  })

  it('names the version of an old key', () => {
    expect(messages('004abc')).toContain('version 004')
  })

  it('leads from no token to error 120', () => {
    expect(explainToken('').findings[0]!.platformErrors).toEqual([120])
  })

  it.each<[string, string, string]>([
    ['TEXT_JSON', 'a JSON reply', JSON.stringify({ uid: 1, token })],
    ['TEXT_QUOTED', 'a quoted token', `"${token}"`],
    ['TEXT_BEARER', 'a header', `Bearer ${token}`],
    ['TEXT_SPACES', 'a line break after it', `${token}\n`],
    ['TEXT_SPACES', 'line breaks inside', `${token.slice(0, 64)}\r\n${token.slice(64)}`],
    ['TEXT_PERCENT_ENCODED', 'an encoded token', encodeURIComponent(inUrl)],
    ['TEXT_PLUS_LOST', 'a token read out of a URL', inUrl.replaceAll('+', ' ')],
    ['TEXT_URL_SAFE', 'URL-safe base64', inUrl.replaceAll('+', '-').replaceAll('/', '_')],
  ])('finds %s in %s and reads the token inside', (code, _, text) => {
    expect(text).not.toBe(inUrl)
    expect(explainToken(text, good).kind).toBe('token')
    expect(codes(text)).toEqual([code])
  })

  it('finds several wrappings, and faults of the token inside', () => {
    expect(codes(` "${token}"\n`, { uid: 5 })).toEqual([
      'TEXT_SPACES',
      'TEXT_QUOTED',
      'USER_MISMATCH',
    ])
  })
})

describe('explainToken of a 007 token', () => {
  it('finds no fault in a good token', () => {
    expect(codes(token)).toEqual(['NO_FAULT_FOUND'])
    expect(explainToken(token, good)).toMatchObject({ kind: 'token', decoded: { appId } })
  })

  const rows: [string, string, string, object?][] = [
    ['TIME_ABSOLUTE_IN_007', 'a moment as ttl', token007({ expiresIn: issuedAt + HOUR })],
    [
      'TIME_ABSOLUTE_IN_007',
      'a moment as the life of a privilege',
      token007({}, [rtc({ privileges: { ...publisher, publishAudioStream: now } })]),
    ],
    ['LIFE_ZERO', 'a ttl of 0', token007({ expiresIn: 0 })],
    ['LIFE_OVER_24_HOURS', 'a week as ttl', token007({ expiresIn: 604_800 })],
    ['ISSUED_IN_FUTURE', 'a clock that is behind', token, { now: issuedAt - 90 }],
    ['TOKEN_ENDED', 'the moment of its end', token, { now: issuedAt + HOUR }],
    [
      'JOIN_ENDED',
      'an ended joinChannel',
      token007({}, [rtc({ privileges: { ...publisher, joinChannel: 5 } })]),
    ],
    [
      'PRIVILEGE_ENDED',
      'an ended publishAudioStream',
      token007({}, [rtc({ privileges: { ...publisher, publishAudioStream: 5 } })]),
    ],
    ['APP_ID_INVALID', 'a malformed App ID', token, { appId: 'my-app' }],
    ['APP_ID_MISMATCH', 'another App ID', token, { appId: appCertificate }],
    ['CHANNEL_MISMATCH', 'another channel', token, { channel: 'room-43' }],
    ['CHANNEL_ANY', 'the channel *', token007({}, [rtc({ channel: '*' })])],
    ['CHANNEL_ANY', 'a blank channel', token007({}, [rtc({ channel: '' })])],
    ['USER_MISMATCH', 'another uid', token, { uid: 1235 }],
    ['USER_MISMATCH', 'a join with uid 0', token, { uid: 0 }],
    ['USER_MISMATCH', 'a join with an account', token, as('alice')],
    ['USER_IS_DIGITS', 'a uid joined with as account', token, as('1234')],
    ['USER_ANY', 'a blank user', token007({}, [rtc({ user: '' })])],
    ['USER_ANY', 'the user *', token007({}, [rtc({ user: '*' })])],
    ['USER_ZERO_TEXT', 'the text "0" as user', token007({}, [rtc({ user: '0' })]), as('0')],
    ['VALUE_WAS_MISSING', 'NaN as user', token007({}, [rtc({ user: 'NaN' })]), as('NaN')],
    [
      'VALUE_WAS_MISSING',
      'undefined as channel',
      token007({}, [rtc({ channel: 'undefined' })]),
      { channel: 'undefined' },
    ],
    [
      'NAME_NOT_ALLOWED',
      'a channel outside the alphabet',
      token007({}, [rtc({ channel: 'a/b' })]),
      { channel: 'a/b' },
    ],
    ['EXPECTATION_INVALID', 'a uid out of range', token, { uid: 2 ** 32 }],
    ['EXPECTATION_INVALID', 'a uid as text', token, { uid: '1234' }],
    ['EXPECTATION_INVALID', 'uid and account', token, { account: 'alice' }],
    ['EXPECTATION_INVALID', 'milliseconds as now', token, { now: now * 1000 }],
    ['SERVICE_MISMATCH', 'no service', token007({}, [])],
    [
      'SERVICE_MISMATCH',
      'a token for messaging',
      token007({}, [{ service: 'rtm', userId: 'alice', privileges: { login: HOUR } }]),
    ],
    ['NO_JOIN_PRIVILEGE', 'no joinChannel', token007({}, [rtc({ privileges: {} })])],
    [
      'NO_PUBLISH_PRIVILEGE',
      'a subscriber',
      token007({}, [rtc({ privileges: { joinChannel: HOUR } })]),
    ],
    [
      'RTM_USER_BLANK',
      'a login without a user',
      token007({}, [rtc(), { service: 'rtm', userId: '', privileges: { login: HOUR } }]),
    ],
  ]
  it.each(rows)('finds %s in %s', (code, _, text, expected) => {
    expect(codes(text, expected)).toContain(code)
    expect(codes(token)).not.toContain(code)
  })

  it.each<[string, number | string, RegExp]>([
    ['room-42 ', 1234, /"room-42".*"room-42 ".*spaces/],
    ['Room-42', 1234, /upper and lower case/],
    ['room%2D42', 1234, /encoding for a URL/],
    ['room-42', '01234', /leading zeros/],
    ['room-42', '"1234"', /quotation marks/],
    ['room-42', 77, /"1234".*uid 77/],
  ])('names both sides and how they differ: %j %j', (channel, user, message) => {
    const who = typeof user === 'number' ? { uid: user } : { account: user }
    const { findings } = explainToken(token, { channel, ...who, now })
    expect(findings[0]!.message).toMatch(message)
  })

  it('says by how much clocks differ, and in which year a moment taken for a length ends', () => {
    expect(messages(token, { now: issuedAt - 90 })).toContain('90 s ahead')
    expect(messages(token007({ expiresIn: issuedAt + HOUR }))).toContain('2083')
  })

  it('judges the service of the joined channel alone', () => {
    const ended = rtc({ channel: 'past', user: '5', privileges: { joinChannel: 5 } })
    expect(codes(token007({}, [ended, rtc()]))).toEqual(['NO_FAULT_FOUND'])
    expect(codes(token007({}, [ended, rtc()]), { channel: 'past' })).toContain('JOIN_ENDED')
  })

  it('finds UNKNOWN_SERVICE in a service of a newer version, and no other fault', () => {
    expect(codes(unknownService())).toEqual(['UNKNOWN_SERVICE'])
  })

  it('finds nothing fatal in a token for messaging when no channel is joined', () => {
    const rtm = { service: 'rtm', userId: 'alice', privileges: { login: HOUR } } as const
    const { findings } = explainToken(token007({}, [rtm]), { now })
    expect(findings.map(({ severity }) => severity)).toEqual(['info', 'info'])
  })

  it('says once what holds for several services', () => {
    const watch = { privileges: { joinChannel: HOUR } }
    const services = [rtc(watch), rtc({ ...watch, user: '5' })]
    expect(codes(token007({}, services))).toEqual(['NO_PUBLISH_PRIVILEGE', 'NO_FAULT_FOUND'])
  })

  it('puts the worst first', () => {
    const all = token007({ expiresIn: now }, [rtc({ user: '', privileges: { joinChannel: HOUR } })])
    const { findings } = explainToken(all, { ...good, channel: 'other' })
    expect(findings.map(({ severity }) => severity)).toEqual([
      'fatal',
      'warning',
      'warning',
      'info',
    ])
  })

  it('hides names that may be secrets', () => {
    expect(messages(token, { channel: appCertificate })).not.toContain(appCertificate)
    expect(messages(token, { channel: token })).not.toContain(token.slice(3, 20))
  })
})

describe('explainToken of a 006 token', () => {
  it('finds nothing but its age where there is no fault', () => {
    const { findings } = explainToken(token006(), good)
    expect(findings.map(({ code }) => code)).toEqual(['OLD_VERSION', 'NO_FAULT_FOUND'])
  })

  const alone = (joinChannel: number) => ({ privileges: { joinChannel } })
  const rows: [string, string, string, object?][] = [
    ['TIME_RELATIVE_IN_006', 'a length as the end of joinChannel', token006(alone(HOUR))],
    [
      'TIME_RELATIVE_IN_006',
      'a length as the end of the token',
      token006({ tokenExpiresAt: HOUR }),
    ],
    ['TOKEN_ENDED', 'a token of last week', token006(), { now: issuedAt + 604_800 }],
    ['JOIN_ENDED', 'an ended joinChannel', token006(), { now: issuedAt + HOUR }],
    ['LIFE_OVER_24_HOURS', 'an end after tomorrow', token006(), { now: issuedAt - 100 }],
    ['CHANNEL_MISMATCH', 'another channel', token006(), { channel: 'room-43' }],
    ['CHANNEL_MISMATCH', 'the channel *', token006({ channel: '*' })],
    ['CHANNEL_MISMATCH', 'a blank channel', token006({ channel: '' })],
    ['NAME_NOT_ALLOWED', 'the channel *', token006({ channel: '*' })],
    ['USER_MISMATCH', 'another uid', token006(), { uid: 5 }],
    ['USER_MISMATCH', 'a join with an account', token006(), as('alice')],
    ['USER_ANY', 'no user', token006({ user: '' })],
    ['USER_ZERO_TEXT', 'the text "0" as user', token006({ user: '0' })],
    ['VALUE_WAS_MISSING', 'undefined as user', token006({ user: 'undefined' })],
    ['SERVICE_MISMATCH', 'a token for messaging', token006({ privileges: { rtmLogin: 0 } })],
    ['NO_JOIN_PRIVILEGE', 'no privileges', token006({ privileges: {} })],
    ['NO_PUBLISH_PRIVILEGE', 'a subscriber', token006(alone(issuedAt + HOUR))],
  ]
  it.each(rows)('finds %s in %s', (code, _, text, expected) => {
    expect(codes(text, expected)).toContain(code)
    expect(codes(token006())).not.toContain(code)
  })

  it('tells near misses by checksum', () => {
    expect(messages(token006(), { channel: ' room-42' })).toContain('spaces')
    expect(messages(token006(), { channel: 'ROOM-42' })).toContain('upper and lower case')
  })

  it('compares names that have no UTF-8', () => {
    expect(codes(token006(), { channel: '\uD800' })).toEqual(['CHANNEL_MISMATCH'])
  })
})
