import { chat, createToken, rtc } from '@rtc-token/core'

import { NOW, PROJECT } from '../support/token-endpoint.ts'
import type { ContractCase } from './contract-case.ts'

const ROOM = { channel: 'room-42', uid: 1234 }
const GRANT = rtc({ ...ROOM, role: 'publisher' })
const SIGNED = { ...PROJECT, issuedAt: NOW - 100, ttl: 3600, salt: 1 }
const previousToken = createToken({
  ...SIGNED,
  services: [GRANT],
})
const chatToken = createToken({ ...SIGNED, services: [chat({ userId: 'alice' })] })
const signedByAnother = createToken({
  ...SIGNED,
  appCertificate: '0123456789abcdef0123456789abcdef',
  services: [GRANT],
})
const ended = createToken({ ...SIGNED, issuedAt: NOW - 9000, services: [GRANT] })

function bodies(
  code: NonNullable<ContractCase['code']>,
  rows: Readonly<Record<string, unknown>>,
  more: Partial<ContractCase> = {},
): readonly ContractCase[] {
  return Object.entries(rows).map(([name, body]) => Object.assign({ name, code, body }, more))
}

/** Bodies that the form of a wish rules out. */
export const REFUSED_BODIES: readonly ContractCase[] = [
  ...bodies('invalid_json', {
    'half of a JSON text': '{"channel":',
    'no body': '',
    'a body that is not UTF-8': new Uint8Array([0x22, 0xff, 0x22]),
  }),
  ...bodies('invalid_request', {
    'a list': [],
    null: 'null',
    'an unknown member': { ...ROOM, rol: 'publisher' },
    'a service that is not on offer': { ...ROOM, services: ['video'] },
    'a service given twice': { ...ROOM, services: ['rtc', 'rtc'] },
    'no services': { ...ROOM, services: [] },
    'params that are text': { ...ROOM, params: 'seat 3' },
  }),
  ...bodies(
    'invalid_request',
    {
      'params of more than 1 KiB': { ...ROOM, params: { note: 'x'.repeat(1024) } },
      'params with a __proto__': '{"channel":"room-42","uid":1,"params":{"__proto__":1}}',
      'params with a constructor': { ...ROOM, params: { a: { constructor: { prototype: 1 } } } },
    },
    { isBeyondSchema: true },
  ),
  ...bodies('channel_invalid', {
    'no channel': { uid: 1234 },
    'a channel of 64 bytes': { ...ROOM, channel: 'c'.repeat(64) },
    'a slash in a channel': { ...ROOM, channel: 'a/b' },
    'a line break after a channel': { ...ROOM, channel: 'a\n' },
    'a channel that is a number': { ...ROOM, channel: 42 },
  }),
  ...bodies('wildcard_refused', {
    'the channel *': { ...ROOM, channel: '*' },
    'a blank channel': { ...ROOM, channel: '  ' },
    'the account *': { channel: 'room-42', account: '*' },
  }),
  ...bodies('identity_invalid', {
    'the uid 0': { ...ROOM, uid: 0 },
    'the uid 2^32': { ...ROOM, uid: 2 ** 32 },
    'the uid 0 in decimal': { ...ROOM, uid: '0' },
    'a uid that is text': { ...ROOM, uid: 'alice' },
    'an account outside the alphabet': { channel: 'room-42', account: 'é' },
    'a user id of 65 bytes': { services: ['rtm'], account: 'a'.repeat(65) },
    'a user id of 65 bytes for a call and chat': {
      services: ['rtc', 'chat'],
      channel: 'room-42',
      account: 'a'.repeat(65),
    },
  }),
  ...bodies(
    'identity_invalid',
    {
      'the uid 2^32 in decimal': { ...ROOM, uid: '4294967296' },
      'nobody, and a policy that does not choose': { channel: 'room-42' },
    },
    { isBeyondSchema: true },
  ),
  ...bodies('identity_ambiguous', { 'a uid and an account': { ...ROOM, account: 'alice' } }),
  ...bodies('role_unknown', { 'the role host': { ...ROOM, role: 'host' } }),
  ...bodies('ttl_invalid', {
    'a ttl of 0': { ...ROOM, ttl: 0 },
    'a ttl below the minimum': { ...ROOM, ttl: 59 },
    'half a second more': { ...ROOM, ttl: 90.5 },
    'a ttl in days': { ...ROOM, ttl: '1d' },
    'a text of no time': { ...ROOM, ttl: '0s' },
    'digits as text': { ...ROOM, ttl: '3600' },
  }),
  ...bodies(
    'ttl_invalid',
    { 'a text below the minimum': { ...ROOM, ttl: '59s' } },
    {
      isBeyondSchema: true,
    },
  ),
  ...bodies('ttl_looks_absolute', {
    'a moment as ttl': { ...ROOM, ttl: NOW + 3600 },
    'a moment with a unit': { ...ROOM, ttl: `${NOW}s` },
  }),
  ...bodies('previous_token_invalid', {
    'a previous token that is a number': { previousToken: 7 },
  }),
  ...bodies(
    'previous_token_invalid',
    {
      'a previous token that is none': { previousToken: 'hello' },
      'a previous token by another certificate': { previousToken: signedByAnother },
      'a previous token that ended long ago': { previousToken: ended },
    },
    { isBeyondSchema: true },
  ),
  ...bodies(
    'channel_invalid',
    {
      'a renewal that wishes a call and never had one': {
        previousToken: chatToken,
        services: ['rtc'],
      },
    },
    { isBeyondSchema: true },
  ),
  ...bodies(
    'channel_forbidden',
    { 'a renewal for another channel': { previousToken, channel: 'room-43' } },
    { isBeyondSchema: true },
  ),
  ...bodies(
    'identity_forbidden',
    { 'a renewal for another user': { previousToken, uid: 7 } },
    { isBeyondSchema: true },
  ),
]
