import type { AuthReason } from '../errors/auth-fault.ts'
import type { ProblemCode, Role, ServiceName } from '@rtc-token/core/contract'

/** The phases of a request that are timed and traced. */
export type PhaseName = 'limit' | 'authenticate' | 'authorize' | 'sign'

/** The duration of each phase in milliseconds. A phase that did not run is absent. */
export type Phases = Readonly<Partial<Record<PhaseName, number>>>

/**
 * The user of a token. `kind` distinguishes uid 7 from account "7", which are the same user inside a token. `'any'`:
 * the token is valid for every user.
 */
export type EventIdentity =
  | { readonly kind: 'uid'; readonly value: number }
  | { readonly kind: 'account'; readonly value: string }
  | { readonly kind: 'any' }

/**
 * The members of every event about a request. They contain no secrets: a token appears as its fingerprint and a
 * certificate as the id of its key; headers and cookies do not appear.
 */
export interface RequestEvent {
  /** Unix time in milliseconds, by the server's clock. */
  readonly time: number
  /** The id in the reply, in its body and its header `x-request-id`. */
  readonly requestId: string
  /** The name of the endpoint, such as `/v1/tokens`; never the requested path. */
  readonly route: string
  /** HTTP status of the reply. */
  readonly status: number
  /** Milliseconds from the start of the request to the decision. */
  readonly ms: number
  readonly phases: Phases
  /** The IP address of the caller, if the host provides it. */
  readonly ip?: string | undefined
  /** The id of the caller; absent until `authenticate` has returned. */
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
  /** The key that signed: the first 8 hexadecimal digits of the SHA-256 of its certificate. */
  readonly keyId: string
  /** The first 8 hexadecimal digits of the SHA-256 of the token. */
  readonly tokenFingerprint: string
  /** The `tags` of the grant. */
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** The members of an event about a refusal. Channel, identity, role and services are the requested ones. */
export interface RefusedEvent extends RequestEvent {
  /** The code in the caller's problem document. */
  readonly code: ProblemCode
}

/** A first token was signed. */
export interface TokenIssued extends GrantedEvent {
  readonly type: 'token.issued'
}

/** A token was signed for a renewal, proved by a previous token. */
export interface TokenRenewed extends GrantedEvent {
  readonly type: 'token.renewed'
}

/** The policy refused (403), or the request was invalid (any other 4xx without its own event type). */
export interface TokenDenied extends RefusedEvent {
  readonly type: 'token.denied'
}

/**
 * The caller was not recognised (401), or not yet (503 with reason `key_not_yet_known`), because the identity provider
 * may have a new key.
 */
export interface AuthFailed extends RefusedEvent {
  readonly type: 'auth.failed'
  /** The reason; `'unspecified'` when your own authenticator gives none. */
  readonly reason: AuthReason
  /** The reason as a sentence, without anything that the caller sent. */
  readonly detail?: string | undefined
}

/** The caller sent too many requests (429). */
export interface Limited extends RefusedEvent {
  readonly type: 'limited'
  /** The name of the limiter that refused. */
  readonly limiter?: string | undefined
}

/** The server could not decide (5xx), because a hook threw or was too slow, or a key ring or a store failed. */
export interface PolicyError extends RefusedEvent {
  readonly type: 'policy.error'
}

/** A warning about the configuration, reported when the standalone server starts. */
export interface ConfigWarning {
  readonly type: 'config.warning'
  /** Unix time in milliseconds. */
  readonly time: number
  /** For programs, such as `limiter_missing`. */
  readonly code: string
  /** A sentence for people. */
  readonly detail: string
}

/** The keys were used for the first time, or they changed. */
export interface KeyChanged {
  readonly type: 'key.changed'
  /** Unix time in milliseconds. */
  readonly time: number
  /** The id of the key that signs from now on. */
  readonly keyId: string
  /** The ids of the keys that verify previous tokens from now on. */
  readonly verifierIds: readonly string[]
}

/** The members of an event about a removal or a readmission. */
export interface ModerationEvent {
  /** Unix time in milliseconds. */
  readonly time: number
  /** The user of the tokens; absent if the removal names a `subject`. */
  readonly identity?: EventIdentity | undefined
  /** The id of the caller; absent if the removal names a `uid` or an `account`. */
  readonly subjectId?: string | undefined
  /** The channel; absent for every channel. */
  readonly channel?: string | undefined
  /** The services; absent for the default: calls with a channel, otherwise all services. */
  readonly services?: readonly ServiceName[] | undefined
  /** The reason that the moderator gave. */
  readonly reason?: string | undefined
  /** Whether Agora banned the user or lifted the ban; absent without `rest`. */
  readonly ban?: 'held' | 'failed' | undefined
}

/** `handler.remove` removed a user, or tried to. */
export interface UserRemoved extends ModerationEvent {
  readonly type: 'user.removed'
  /** When the user can get tokens again, in Unix seconds. */
  readonly until: number
  /** Whether the endpoint refuses new tokens. */
  readonly refusal: 'held' | 'failed'
}

/** `handler.readmit` readmitted a user. */
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

/** An event of a token server, for audit, logs, metrics and traces: plain data that JSON can represent. */
export type TokenEvent = DecisionEvent | ConfigWarning | KeyChanged | UserRemoved | UserReadmitted
