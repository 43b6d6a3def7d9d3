import { fingerprint } from '@rtc-token/core'
import {
  PROBLEM_STATUS,
  type ProblemCode,
  type Role,
  type ServiceName,
} from '@rtc-token/core/contract'

import { type AuthFault, isReason } from '../errors/auth-fault.ts'
import { toMicroseconds } from './phase-timer.ts'
import { redactCredentials, redactSecrets } from '../errors/redact-secrets.ts'
import type { DecisionEvent, EventIdentity, Phases, RequestEvent } from './token-event.ts'

const MAX_DETAIL_LENGTH = 300
const BREAKS = /[\p{Cc}\u2028\u2029]/gu // They would begin a new line in a log that is not JSON.

/**
 * What a token is requested for, or signed for.
 *
 * @internal
 */
export interface EventSubject {
  readonly services: readonly ServiceName[]
  readonly channel?: string | undefined
  readonly identity?: UserMembers | undefined
  readonly role: Role
  /** Seconds. */
  readonly ttl: number
}

interface UserMembers {
  readonly uid?: number | undefined
  readonly account?: string | undefined
}

/**
 * What is known of a request when it is decided; members that are not known yet are absent.
 *
 * @internal
 */
export interface RequestFacts {
  readonly requestId: string
  /** The name of a route, never the requested path. */
  readonly route: string
  /** Unix milliseconds. */
  readonly time: number
  /** Milliseconds since the start of the request. */
  readonly ms: number
  readonly phases?: Phases | undefined
  readonly ip?: string | undefined
  readonly subjectId?: string | undefined
  /** Default `'mint'`. */
  readonly intent?: 'mint' | 'renew' | undefined
  readonly wish?: EventSubject | undefined
}

/**
 * A signed token, and what it grants.
 *
 * @internal
 */
export interface SignedFacts {
  readonly granted: EventSubject
  /** The event contains only its fingerprint. */
  readonly token: string
  /** Seconds until its first privilege to join expires. */
  readonly expiresIn: number
  readonly keyId: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/**
 * Makes the event of a request for which a token was signed.
 *
 * @internal
 */
export function grantedEvent(facts: RequestFacts, signed: SignedFacts): DecisionEvent {
  const { granted, token, expiresIn, keyId, tags } = signed
  const base = requestEvent(facts, granted, 200)
  return {
    type: base.intent === 'renew' ? 'token.renewed' : 'token.issued',
    ...base,
    code: 'granted',
    role: granted.role,
    services: granted.services,
    expiresIn,
    keyId,
    tokenFingerprint: fingerprint(token),
    tags: tags && maskedTags(tags),
  }
}

/**
 * Makes the event of a refused request. Its type depends on the status of the code, except that every caller who was
 * not recognised gets `auth.failed`, even with a 503.
 *
 * @internal
 * @param limiter - name of the limiter that refused
 */
export function refusedEvent(
  facts: RequestFacts,
  code: ProblemCode,
  limiter?: string,
  why?: AuthFault,
): DecisionEvent {
  const status: number = PROBLEM_STATUS[code]
  const refused = { code, ...requestEvent(facts, facts.wish, status) }
  if (why || status === 401) {
    const reason = isReason(why?.reason) ? why.reason : 'unspecified'
    return { type: 'auth.failed', ...refused, reason, detail: lineOf(why?.detail) }
  }
  if (status >= 500) return { type: 'policy.error', ...refused }
  if (status === 429) return { type: 'limited', ...refused, limiter }
  return { type: 'token.denied', ...refused }
}

function requestEvent(
  facts: RequestFacts,
  subject: EventSubject | undefined,
  status: number,
): RequestEvent {
  const { requestId, route, time, ms, phases = {}, ip, subjectId, intent = 'mint', wish } = facts
  return {
    time,
    requestId: redactCredentials(requestId),
    route,
    status,
    ms: toMicroseconds(ms),
    phases: { ...phases },
    ip: masked(ip),
    subjectId: masked(subjectId),
    intent,
    // Empty for services without channels.
    channel: masked(subject?.channel || undefined),
    identity: subject?.identity && eventIdentity(subject.identity),
    role: subject?.role,
    services: subject?.services,
    ttl: wish?.ttl,
  }
}

/** @internal */
export function eventIdentity({ uid, account }: UserMembers): EventIdentity {
  if (uid !== undefined) return { kind: 'uid', value: uid }
  if (account !== undefined) return { kind: 'account', value: redactCredentials(account) }
  return { kind: 'any' }
}

// Callers choose some of these values. A page that sends its token as an account must not have it logged.
/** @internal */
export function masked(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactCredentials(text)
}

// Masked before it is cut: half of a credential would not be recognised.
/** @internal */
export function lineOf(detail: unknown): string | undefined {
  if (typeof detail !== 'string') return undefined
  return redactCredentials(detail).slice(0, MAX_DETAIL_LENGTH).replace(BREAKS, ' ')
}

function maskedTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(tags)
  return Object.fromEntries(entries.map(([name, value]) => [name, redactSecrets(value)]))
}
