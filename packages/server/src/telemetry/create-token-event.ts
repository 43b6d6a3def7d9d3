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
const BREAKS = /[\p{Cc}\u2028\u2029]/gu // Would begin a line of their own in a log that is no JSON.

/**
 * What a token is wished for, or signed for.
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
 * What the pipeline knows about a request when it has decided; what it does not know yet is absent.
 *
 * @internal
 */
export interface RequestFacts {
  readonly requestId: string
  /** The name of a route, never the path that was asked for. */
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
 * What was signed.
 *
 * @internal
 */
export interface SignedFacts {
  readonly granted: EventSubject
  /** Goes into the event as its fingerprint only. */
  readonly token: string
  /** Seconds until its first privilege to join ends. */
  readonly expiresIn: number
  readonly keyId: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/**
 * Makes the event of a request that got its token.
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
 * Makes the event of a request that was refused: of the type that the code's status says, or, for a caller
 * who may be recognised later, that of those who are not.
 *
 * @internal
 * @param limiter name of the limiter that refused
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
    // Blank where the services have no channel.
    channel: masked(subject?.channel || undefined),
    identity: subject?.identity && eventIdentity(subject.identity),
    role: subject?.role,
    services: subject?.services,
    ttl: wish?.ttl,
  }
}

function eventIdentity({ uid, account }: UserMembers): EventIdentity {
  if (uid !== undefined) return { kind: 'uid', value: uid }
  if (account !== undefined) return { kind: 'account', value: redactCredentials(account) }
  return { kind: 'any' }
}

// Callers choose some of these: a page that sends its token as an account must not get it logged.
function masked(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactCredentials(text)
}

// Masked as a whole: half a credential looks like none.
function lineOf(detail: unknown): string | undefined {
  if (typeof detail !== 'string') return undefined
  return redactCredentials(detail).slice(0, MAX_DETAIL_LENGTH).replace(BREAKS, ' ')
}

function maskedTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(tags)
  return Object.fromEntries(entries.map(([name, value]) => [name, redactSecrets(value)]))
}
