import { createToken, rtc } from '@rtc-token/core'

import { allow, deny, type ForbiddenCode } from '../../src/policy/policy.ts'
import { memoryRemovals } from '../../src/removal/memory-removals.ts'
import { NOW, PROJECT } from '../support/token-endpoint.ts'
import type { ContractCase } from './contract-case.ts'

const never = (): Promise<never> => new Promise(() => {})

const DENIALS: readonly ContractCase[] = (
  [
    'forbidden',
    'channel_forbidden',
    'role_forbidden',
    'identity_forbidden',
    'renewal_refused',
    'removed',
  ] satisfies ForbiddenCode[]
).map((code) => ({
  name: `a policy that says ${code}`,
  code,
  options: { authorize: () => deny(code, 'Not today') },
}))

const previousToken = createToken({
  ...PROJECT,
  issuedAt: NOW - 100,
  ttl: 3600,
  services: [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })],
})

const REMOVALS = memoryRemovals()

const POLICY: readonly ContractCase[] = [
  ...DENIALS,
  {
    name: 'a user who has been removed',
    code: 'removed',
    options: { removals: REMOVALS },
    before: (handler) => handler.remove({ uid: 1234 }),
  },
  {
    name: 'somebody banned who renews',
    code: 'renewal_refused',
    body: { previousToken },
    options: {
      authorize: ({ intent }) => (intent === 'renew' ? deny('renewal_refused') : allow()),
    },
  },
  {
    name: 'a life that is too short to use',
    code: 'forbidden',
    options: { authorize: () => allow({ ttl: 59 }) },
  },
  {
    name: 'a previous token that holds no right to join',
    code: 'previous_token_invalid',
    isBeyondSchema: true,
    body: {
      previousToken: createToken({
        ...PROJECT,
        issuedAt: NOW - 100,
        ttl: 3600,
        services: [rtc({ channel: 'room-42', uid: 1234, privileges: { publishDataStream: 3600 } })],
      }),
    },
  },
  {
    name: 'a role above the granted one',
    code: 'role_forbidden',
    body: { channel: 'room-42', uid: 1234, role: 'publisher' },
    options: { authorize: () => allow({ role: 'subscriber' }) },
  },
  {
    name: 'another user than the granted one',
    code: 'identity_forbidden',
    options: { authorize: () => allow({ identity: { uid: 7 } }) },
  },
]

const HTTP: readonly ContractCase[] = [
  { name: 'nobody', code: 'unauthenticated', headers: { authorization: '' } },
  {
    name: 'cookies sent by a foreign page',
    code: 'forbidden',
    headers: { 'sec-fetch-site': 'cross-site', cookie: 'session=1' },
  },
  { name: 'another path', code: 'not_found', path: '/v2/tokens' },
  { name: 'a closed endpoint', code: 'not_found', path: '/v1/tokens/inspect', isClosed: true },
  { name: 'another method', code: 'method_not_allowed', method: 'GET' },
  { name: 'a preflight without CORS', code: 'method_not_allowed', method: 'OPTIONS' },
  {
    name: 'a body that never ends',
    code: 'body_timeout',
    options: { timeoutMs: 1 },
    context: { readBody: never },
  },
  { name: 'a body of 9 KiB', code: 'body_too_large', body: ' '.repeat(9216) },
  {
    name: 'a body that a form can send',
    code: 'unsupported_media_type',
    headers: { 'content-type': 'text/plain' },
  },
]

/** Requests that are refused for another reason than the form of their wish, and not for being many. */
export const REFUSALS: readonly ContractCase[] = [...POLICY, ...HTTP]
