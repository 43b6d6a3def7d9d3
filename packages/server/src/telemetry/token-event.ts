import type { AuthReason } from '../errors/auth-fault.ts'
import type { ProblemCode, Role, ServiceName } from '@rtc-token/core/contract'

/** The parts of a request's handling that are timed and traced. */
export type PhaseName = 'limit' | 'authenticate' | 'authorize' | 'sign'

/** Milliseconds that each phase took; a phase that was not reached is absent. */
export type Phases = Readonly<Partial<Record<PhaseName, number>>>

/**
 * The user of a token. `kind` tells uid 7 from account "7", which are the same user inside a token. `'any'`: every
 * user may use the token.
 */
export type EventIdentity =
  | { readonly kind: 'uid'; readonly value: number }
  | { readonly kind: 'account'; readonly value: string }
  | { readonly kind: 'any' }

/**
 * The members of every event about a request. They contain no secrets: a token appears as its fingerprint, a
 * certificate as the id of its key; headers and cookies do not appear.
 */
export interface RequestEvent {
  /** Unix milliseconds by the server's clock. */
  readonly time: number
  /** The id that the reply contains, also in its header `x-request-id`. */
  readonly requestId: string
  /** The name of a route such as `/v1/tokens`, never the path that was asked for. */
  readonly route: string
  /** HTTP status of the reply. */
  readonly status: number
  /** Milliseconds from the start of the request to the decision. */
  readonly ms: number
  readonly phases: Phases
  /** The caller's address, if the host provides it. */
  readonly ip?: string | undefined
  /** The id of the caller; absent before `authenticate` has answered. */
  readonly subjectId?: string | undefined
  readonly intent: 'mint' | 'renew'
  readonly channel?: string | undefined
  readonly identity?: EventIdentity | undefined
  readonly role?: Role | undefined
  readonly services?: readonly ServiceName[] | undefined
  /** The requested life in seconds, with the default filled in and the maximum applied. */
  readonly ttl?: number | undefined
}

/** The members of an event about a signed token. */
export interface GrantedEvent extends RequestEvent {
  readonly code: 'granted'
  readonly role: Role
  readonly services: readonly ServiceName[]
  /** The life of the token in seconds, from `time`. */
  readonly expiresIn: number
  /** The key that signed: first 8 hex digits of the SHA-256 of its certificate. */
  readonly keyId: string
  /** First 8 hex digits of the SHA-256 of the token. */
  readonly tokenFingerprint: string
  /** What the policy attached to its grant. */
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** The members of an event about a refusal. Channel, identity, role and services are those that the caller asked for. */
export interface RefusedEvent extends RequestEvent {
  /** The code in the caller's problem document. */
  readonly code: ProblemCode
}

/** A first token was signed. */
export interface TokenIssued extends GrantedEvent {
  readonly type: 'token.issued'
}

/** A token was signed for a renewal: a previous token proved the wish. */
export interface TokenRenewed extends GrantedEvent {
  readonly type: 'token.renewed'
}

/** The policy refused (403), or the request was malformed (every 4xx without an event type of its own). */
export interface TokenDenied extends RefusedEvent {
  readonly type: 'token.denied'
}

/**
 * The caller was not recognised (401), or not yet (503 with `key_not_yet_known`): the key set of an identity
 * provider may have a new key.
 */
export interface AuthFailed extends RefusedEvent {
  readonly type: 'auth.failed'
  /** The reason; `'unspecified'` when the app's own authenticator gives none. */
  readonly reason: AuthReason
  /** The reason as a sentence, without anything that the caller sent. */
  readonly detail?: string | undefined
}

/** The caller asked too often (429). */
export interface Limited extends RefusedEvent {
  readonly type: 'limited'
  /** Name of the limiter that refused. */
  readonly limiter?: string | undefined
}

/** The server could not decide (5xx): a hook threw or was too slow, or a part that it needs is unavailable. */
export interface PolicyError extends RefusedEvent {
  readonly type: 'policy.error'
}

/** A warning about the configuration, reported at the start. */
export interface ConfigWarning {
  readonly type: 'config.warning'
  /** Unix milliseconds. */
  readonly time: number
  /** Machine-readable, such as `limiter_missing`. */
  readonly code: string
  /** A sentence for people. */
  readonly detail: string
}

/** The keys were loaded for the first time or changed. */
export interface KeyChanged {
  readonly type: 'key.changed'
  /** Unix milliseconds. */
  readonly time: number
  /** The key that signs from this event on. */
  readonly keyId: string
  /** The keys that verify previous tokens from this event on. */
  readonly verifierIds: readonly string[]
}

/** Whom a moderator removed or readmitted, and where. */
export interface ModerationEvent {
  /** Unix milliseconds. */
  readonly time: number
  /** The user of the tokens; absent where the caller is named. */
  readonly identity?: EventIdentity | undefined
  /** The id of the caller; absent where the user of the tokens is named. */
  readonly subjectId?: string | undefined
  /** Absent: every channel. */
  readonly channel?: string | undefined
  /** Absent: calls with a channel, otherwise all services. */
  readonly services?: readonly ServiceName[] | undefined
  /** What the moderator gave as the reason. */
  readonly reason?: string | undefined
  /** Whether Agora took the ban, or lifted it; absent where it was not asked. */
  readonly ban?: 'held' | 'failed' | undefined
}

/** `handler.remove` was called for a user. */
export interface UserRemoved extends ModerationEvent {
  readonly type: 'user.removed'
  /** Unix seconds: when the user gets tokens again. */
  readonly until: number
  /** Whether new tokens are refused. */
  readonly refusal: 'held' | 'failed'
}

/** `handler.readmit` let a user in again. */
export interface UserReadmitted extends ModerationEvent {
  readonly type: 'user.readmitted'
}

/** A decision on one request. */
export type DecisionEvent =
  | TokenIssued
  | TokenRenewed
  | TokenDenied
  | AuthFailed
  | Limited
  | PolicyError

/** An event of a token server, for audit, logs, metrics and traces. Plain data that JSON can hold. */
export type TokenEvent = DecisionEvent | ConfigWarning | KeyChanged | UserRemoved | UserReadmitted
