import { expect } from 'vitest'

import { PROJECT } from '../support/token-endpoint.ts'
import type { ContractCase } from './contract-case.ts'
import { previousToken, previousToken006 } from './previous-tokens.ts'

const INSPECTED: readonly ContractCase[] = [
  ['a token', previousToken, { kind: 'token' }],
  ['a token of version 006', previousToken006, { kind: 'token' }],
  ['what is no token', 'hello', { kind: 'not-a-token' }],
].map(([name, token, reply]) => ({
  name: `an explanation of ${name as string}`,
  documented: '/v1/tokens/inspect',
  body: { token, channel: 'room-42', account: 'alice' },
  reply: reply as object,
}))

const OPEN: readonly ContractCase[] = [
  {
    name: 'the contract',
    documented: '/v1/openapi.json',
    method: 'GET',
    reply: { openapi: '3.1.1' },
  },
  { name: 'health', documented: '/healthz', method: 'GET', reply: { status: 'ok' } },
  { name: 'readiness', documented: '/readyz', method: 'GET', reply: { status: 'ready' } },
  {
    name: 'unreadiness',
    documented: '/readyz',
    method: 'GET',
    options: {
      project: {
        appId: PROJECT.appId,
        keys: { signer: () => Promise.reject(new Error('vault is sealed')), verifiers: () => [] },
      },
    },
    status: 503,
    reply: { status: 'unready', keys: 'failing' },
  },
  {
    name: 'readiness before the end',
    documented: '/readyz',
    method: 'GET',
    before: (handler) => handler.drain(),
    status: 503,
    reply: { status: 'draining', keys: 'ok' },
  },
]

const old = (documented: string, path: string, ...names: string[]): ContractCase => ({
  name: `the old route ${documented}`,
  documented,
  path,
  method: 'GET',
  reply: Object.fromEntries(names.map((name) => [name, expect.stringMatching(/^007/)])),
})

const CALL = { tokenType: 'rtc', channel: 'room-42', uid: '7' }

const getToken = (
  name: string,
  body: object,
  code?: NonNullable<ContractCase['code']>,
): ContractCase => ({
  name: `the old route /getToken ${name}`,
  documented: '/getToken',
  body,
  ...(code ? { code } : { reply: { token: expect.stringMatching(/^007/) } }),
})

const COMPAT: readonly ContractCase[] = [
  old('/rtc/{channel}/{role}/{kind}/{user}', '/rtc/room-42/publisher/uid/7/?expiry=90', 'rtcToken'),
  old(
    '/rte/{channel}/{role}/{kind}/{user}',
    '/rte/room%2042/audience/userAccount/alice',
    'rtcToken',
    'rtmToken',
  ),
  old(
    '/rte/{channel}/{role}/{kind}/{user}/{rtmUser}',
    '/rte/room-42/publisher/uid/7/7/',
    'rtcToken',
    'rtmToken',
  ),
  old('/rtm/{user}', '/rtm/alice', 'rtmToken'),
  old('/chat/account/{user}', '/chat/account/alice', 'chatToken'),
  getToken('for a call', { ...CALL, role: 'publisher', expire: 90 }),
  getToken('with digits as life', { ...CALL, expire: '120' }),
  getToken('with a text as life', { ...CALL, expire: '2m' }),
  getToken('with 0 as life', { ...CALL, expire: 0 }),
  getToken('with the digit 0 as life', { ...CALL, expire: '0' }),
  getToken('with a number as uid', { ...CALL, uid: 7 }),
  getToken('for messaging, with what is for calls', { ...CALL, tokenType: 'rtm', channel: '' }),
  getToken('for a stream channel', { ...CALL, tokenType: 'rtm' }),
  getToken('for chat, with what is for calls', { ...CALL, tokenType: 'chat', channel: '*' }),
  {
    name: 'a ping',
    documented: '/ping',
    method: 'GET',
    reply: { message: 'pong' },
  },
]

const IN_OLD_WORDS: Partial<ContractCase> = {
  documented: '/rtc/{channel}/{role}/{kind}/{user}',
  method: 'GET',
}

const REFUSED: readonly ContractCase[] = [
  {
    ...IN_OLD_WORDS,
    name: 'an old route without a kind of user',
    path: '/rtc/room-42/publisher/id/7',
    code: 'invalid_request',
  },
  {
    ...IN_OLD_WORDS,
    name: 'an old route with a moment',
    path: '/rtc/room-42/publisher/uid/7?expiry=1795288141',
    code: 'ttl_looks_absolute',
  },
  {
    name: 'an explanation for nobody',
    documented: '/v1/tokens/inspect',
    headers: { authorization: '' },
    body: { token: 'hello' },
    code: 'unauthenticated',
  },
  {
    name: 'an explanation of nothing',
    documented: '/v1/tokens/inspect',
    body: {},
    code: 'invalid_request',
  },
  {
    name: 'an explanation with a uid that is text',
    documented: '/v1/tokens/inspect',
    body: { token: 'hello', uid: '7' },
    code: 'invalid_request',
  },
  getToken('without a type', { uid: '7' }, 'invalid_request'),
  getToken('without a user', { tokenType: 'rtm' }, 'identity_invalid'),
  getToken('without a channel', { tokenType: 'rtc', uid: '7' }, 'channel_invalid'),
  getToken('with a slash in a channel', { ...CALL, channel: 'a/b' }, 'channel_invalid'),
  getToken(
    'for every stream channel',
    { ...CALL, tokenType: 'rtm', channel: '*' },
    'wildcard_refused',
  ),
  {
    documented: '/rte/{channel}/{role}/{kind}/{user}/{rtmUser}',
    method: 'GET',
    name: 'an old route for two users',
    path: '/rte/room-42/publisher/uid/7/alice/',
    code: 'identity_ambiguous',
  },
  getToken('with the uid 0', { ...CALL, uid: 0 }, 'identity_invalid'),
  getToken(
    'with a user id of 65 bytes',
    { tokenType: 'chat', uid: 'a'.repeat(65) },
    'identity_invalid',
  ),
  getToken('with a life below the minimum', { ...CALL, expire: 59 }, 'ttl_invalid'),
  getToken('with a life of less than nothing', { ...CALL, expire: -1 }, 'ttl_invalid'),
  getToken('with a life in days', { ...CALL, expire: '1d' }, 'ttl_invalid'),
  getToken('with a moment in digits', { ...CALL, expire: '1795288141' }, 'ttl_looks_absolute'),
]

/** Requests to the other endpoints: some get what they ask for, some do not. */
export const REPLIES: readonly ContractCase[] = [...INSPECTED, ...OPEN, ...COMPAT, ...REFUSED]
