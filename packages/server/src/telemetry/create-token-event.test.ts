import { fingerprint } from '@rtc-token/core'
import { PROBLEM_STATUS, type ProblemCode } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import {
  type EventSubject,
  grantedEvent,
  refusedEvent,
  type RequestFacts,
  type SignedFacts,
} from './create-token-event.ts'
import type { DecisionEvent } from './token-event.ts'

const wish: EventSubject = { services: ['rtc'], channel: 'room', role: 'publisher', ttl: 3600 }
const facts: RequestFacts = {
  requestId: 'request-1',
  route: '/v1/tokens',
  time: 1_795_288_141_000,
  ms: 1.234567,
  phases: { authenticate: 0.5, sign: 0.1 },
  ip: '192.0.2.1',
  subjectId: 'alice',
  intent: 'mint',
  wish,
}
const signed: SignedFacts = {
  granted: { ...wish, identity: { uid: 7 }, role: 'subscriber', ttl: 900 },
  token: '007some-token',
  expiresIn: 600,
  keyId: '1a2b3c4d',
  tags: { tenant: 'acme' },
}

describe('grantedEvent', () => {
  it('says who got what, under which key, and the token as a fingerprint only', () => {
    expect(grantedEvent(facts, signed)).toStrictEqual({
      type: 'token.issued',
      time: 1_795_288_141_000,
      requestId: 'request-1',
      route: '/v1/tokens',
      status: 200,
      code: 'granted',
      ms: 1.235,
      phases: { authenticate: 0.5, sign: 0.1 },
      ip: '192.0.2.1',
      subjectId: 'alice',
      intent: 'mint',
      channel: 'room',
      identity: { kind: 'uid', value: 7 },
      role: 'subscriber',
      services: ['rtc'],
      ttl: 3600,
      expiresIn: 600,
      keyId: '1a2b3c4d',
      tokenFingerprint: fingerprint('007some-token'),
      tags: { tenant: 'acme' },
    })
  })

  it('tells a renewal', () => {
    const renewed = grantedEvent({ ...facts, intent: 'renew' }, signed)
    expect(renewed).toMatchObject({ type: 'token.renewed', intent: 'renew' })
  })

  it('keeps account "7" and uid 7 apart, and tells a token for any user', () => {
    const identityOf = (identity: object): unknown =>
      grantedEvent(facts, { ...signed, granted: { ...wish, identity } }).identity
    expect(identityOf({ account: '7' })).toEqual({ kind: 'account', value: '7' })
    expect(identityOf({ uid: 7 })).toEqual({ kind: 'uid', value: 7 })
    expect(identityOf({ anyUser: true })).toEqual({ kind: 'any' })
  })

  it('names no channel where the services have none', () => {
    const granted = { ...signed.granted, channel: '' }
    expect(grantedEvent(facts, { ...signed, granted }).channel).toBeUndefined()
  })

  it('keeps the phases as they were, although the timer goes on', () => {
    const phases = { sign: 1 }
    const event = grantedEvent({ ...facts, phases }, signed)
    phases.sign = 2
    expect(event.phases).toEqual({ sign: 1 })
  })
})

describe('refusedEvent', () => {
  const early: RequestFacts = { requestId: 'r', route: '/v1/tokens', time: 1, ms: 2 }
  const typeOfStatus = (status: number): DecisionEvent['type'] => {
    if (status === 401) return 'auth.failed'
    if (status === 429) return 'limited'
    return status >= 500 ? 'policy.error' : 'token.denied'
  }

  it.each(Object.entries(PROBLEM_STATUS))('gives %s the type of its status %d', (code, status) => {
    const event = refusedEvent(facts, code as ProblemCode)
    expect(event).toMatchObject({ type: typeOfStatus(status), code, status })
  })

  it('says what was wished', () => {
    expect(refusedEvent(facts, 'role_forbidden')).toMatchObject({
      channel: 'room',
      role: 'publisher',
      services: ['rtc'],
      ttl: 3600,
      subjectId: 'alice',
    })
  })

  it('says no more than is known when a request ends early', () => {
    expect(JSON.parse(JSON.stringify(refusedEvent(early, 'invalid_json')))).toEqual({
      type: 'token.denied',
      time: 1,
      requestId: 'r',
      route: '/v1/tokens',
      status: 400,
      code: 'invalid_json',
      ms: 2,
      phases: {},
      intent: 'mint',
    })
  })

  it('names the limiter', () => {
    const limited = refusedEvent(early, 'rate_limited', 'per-ip')
    expect(limited).toMatchObject({ type: 'limited', limiter: 'per-ip' })
  })
})
