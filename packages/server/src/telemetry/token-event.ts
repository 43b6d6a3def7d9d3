import type { AuthReason } from '../errors/auth-fault.ts'
import type { ProblemCode, Role, ServiceName } from '@rtc-token/core/contract'

/** The parts of a request's handling that are timed and traced. */
export type PhaseName = 'limit' | 'authenticate' | 'authorize' | 'sign'

/** Milliseconds that each phase took; one that was not reached is absent. */
export type Phases = Readonly<Partial<Record<PhaseName, number>>>

/**
 * The user of a token. The kind is kept because uid 7 and account "7" are the same user inside a token, and an audit
 * must tell them apart. `'any'` is a token that every user may use.
 */
export type EventIdentity =
  | { readonly kind: 'uid'; readonly value: number }
  | { readonly kind: 'account'; readonly value: string }
  | { readonly kind: 'any' }

/**
 * What every decision on a request says. Free of secrets: a token appears as its fingerprint, a
 * certificate as the id of its key, headers and cookies not at all.
 */
export interface RequestEvent {
  /** Unix milliseconds by the server's clock. */
  readonly time: number
  /** Also in the reply, and in its header `x-request-id`. */
  readonly requestId: string
  /** The name of a route such as `/v1/tokens`, never the path that was asked for. */
  readonly route: string
  /** HTTP status of the reply. */
  readonly status: number
  /** Milliseconds from the start of the request to the decision. */
  readonly ms: number
  readonly phases: Phases
  /** Address of the caller, where the host passes it on. */
  readonly ip?: string | undefined
  /** Who asked; absent until `authenticate` has answered. */
  readonly subjectId?: string | undefined
  readonly intent: 'mint' | 'renew'
  readonly channel?: string | undefined
  readonly identity?: EventIdentity | undefined
  readonly role?: Role | undefined
  readonly services?: readonly ServiceName[] | undefined
  /** Seconds that were wished, after defaults and maximum. */
  readonly ttl?: number | undefined
}

/** What was signed, beside what every decision says. */
export interface GrantedEvent extends RequestEvent {
  readonly code: 'granted'
  readonly role: Role
  readonly services: readonly ServiceName[]
  /** Seconds that the token lives from `time` on. */
  readonly expiresIn: number
  /** The key that signed: first 8 hex digits of the SHA-256 of its certificate. */
  readonly keyId: string
  /** First 8 hex digits of the SHA-256 of the token. */
  readonly tokenFingerprint: string
  /** What the policy attached to its grant. */
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** Why nothing was signed, beside what every decision says. Its members are as they were wished. */
export interface RefusedEvent extends RequestEvent {
  /** The code of the problem document that the caller got. */
  readonly code: ProblemCode
}

/** A first token was signed. */
export interface TokenIssued extends GrantedEvent {
  readonly type: 'token.issued'
}

/** A token was signed on the proof of a previous one. */
export interface TokenRenewed extends GrantedEvent {
  readonly type: 'token.renewed'
}

/** The policy refused (403), or the request was malformed (every other 4xx without a type of its own). */
export interface TokenDenied extends RefusedEvent {
  readonly type: 'token.denied'
}

/**
 * The caller was not recognised (401), or not yet (503 with `key_not_yet_known`): the key set of an identity
 * provider may have a new key.
 */
export interface AuthFailed extends RefusedEvent {
  readonly type: 'auth.failed'
  /** Why; `'unspecified'` where an authenticator of yours does not say. */
  readonly reason: AuthReason
  /** The same for people, with nothing in it of what the caller sent. */
  readonly detail?: string | undefined
}

/** The caller asked too often (429). */
export interface Limited extends RefusedEvent {
  readonly type: 'limited'
  /** Name of the limiter that refused. */
  readonly limiter?: string | undefined
}

/** The server could not decide (5xx): a hook threw or was too slow, a part that it needs is down. */
export interface PolicyError extends RefusedEvent {
  readonly type: 'policy.error'
}

/** Something about the configuration deserves a look; said at the start. */
export interface ConfigWarning {
  readonly type: 'config.warning'
  /** Unix milliseconds. */
  readonly time: number
  /** Machine-readable, such as `limiter_missing`. */
  readonly code: string
  /** For people. */
  readonly detail: string
}

/** The keys were loaded for the first time or changed. */
export interface KeyChanged {
  readonly type: 'key.changed'
  /** Unix milliseconds. */
  readonly time: number
  /** The key that signs from now on. */
  readonly keyId: string
  /** The keys under which previous tokens verify from now on. */
  readonly verifierIds: readonly string[]
}

/** A decision on one request. */
export type DecisionEvent =
  | TokenIssued
  | TokenRenewed
  | TokenDenied
  | AuthFailed
  | Limited
  | PolicyError

/** What a token server reports, for audit, logs, metrics and traces. Plain data, fit for JSON. */
export type TokenEvent = DecisionEvent | ConfigWarning | KeyChanged
