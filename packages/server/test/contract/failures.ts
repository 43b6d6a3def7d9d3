import { AuthenticatorUnavailable } from '../../src/errors/refusal.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import type { KeyRing } from '../../src/keys/key-ring.ts'
import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import type { RateLimiter } from '../../src/limit/rate-limiter.ts'
import { allow } from '../../src/policy/policy.ts'
import { PROJECT, tokenRequest, type User } from '../support/token-endpoint.ts'
import type { ContractCase } from './contract-case.ts'

const context = { ip: '203.0.113.7' }
const never = (): Promise<never> => new Promise(() => {})
const broken = (): never => {
  throw new Error('the store is on fire')
}

function limited(limiter: RateLimiter): Partial<TokenHandlerOptions<User>> {
  return { limits: { perIp: limiter, onStoreError: 'deny' } }
}

const oneAMinute = (name: string): RateLimiter =>
  memoryLimiter({ name, limit: 1, windowSeconds: 60 })
const askOnce: ContractCase['before'] = (handler) => handler.fetch(tokenRequest(), context)

/** Requests that are too many. */
export const LIMITED: readonly ContractCase[] = [
  {
    name: 'an address that asks too often',
    code: 'rate_limited',
    options: limited(oneAMinute('ip')),
    context,
    before: askOnce,
  },
  {
    name: 'an address that asks too often for the contract',
    documented: '/v1/openapi.json',
    method: 'GET',
    code: 'rate_limited',
    options: limited(oneAMinute('ip')),
    context,
    before: askOnce,
  },
  {
    name: 'the contract, while the store of a limiter fails',
    documented: '/v1/openapi.json',
    method: 'GET',
    code: 'limiter_unavailable',
    options: limited({ consume: broken }),
    context,
  },
  {
    name: 'a user who asks too often',
    code: 'rate_limited',
    options: { limits: { perSubject: oneAMinute('subject') } },
    before: askOnce,
  },
  {
    name: 'a channel that is asked for too often',
    code: 'rate_limited',
    options: { limits: { perChannel: oneAMinute('channel') } },
    before: askOnce,
  },
  {
    name: 'a limiter whose store fails',
    code: 'limiter_unavailable',
    options: limited({ consume: broken }),
    context,
  },
]

const noKeys: KeyRing = {
  signer: () => Promise.reject(new Error('vault is sealed')),
  verifiers: broken,
}

/** Requests to a server that cannot serve. */
export const FAILURES: readonly ContractCase[] = [
  { name: 'a policy that throws', code: 'internal_error', options: { authorize: broken } },
  {
    name: 'a policy that widens the wish',
    code: 'internal_error',
    options: { authorize: () => allow({ services: ['rtm'] }) },
  },
  {
    name: 'a key ring that has no key',
    code: 'not_configured',
    options: { project: { appId: PROJECT.appId, keys: noKeys } },
  },
  {
    name: 'a store of removals that fails',
    code: 'removals_unavailable',
    options: { removals: { has: broken, add: broken, delete: broken } },
  },
  {
    name: 'a policy that never answers',
    code: 'policy_timeout',
    options: { timeoutMs: 1, authorize: never },
  },
  {
    name: 'an authenticator that never answers',
    code: 'policy_timeout',
    options: { timeoutMs: 1, authenticate: never },
  },
  {
    name: 'an identity provider that is down',
    code: 'authenticator_unavailable',
    options: {
      authenticate: () => {
        throw new AuthenticatorUnavailable('no key set')
      },
    },
  },
  {
    name: 'a server that is about to stop',
    code: 'draining',
    before: (handler) => handler.close(),
  },
]
