import type { Identity, RtcPrivilege } from '@rtc-token/core'
import type { PROBLEM_STATUS, Role, ServiceName } from '@rtc-token/core/contract'

/** What a caller asks for, checked and completed. Frozen: what is signed is compared with it. */
export interface Wish {
  readonly services: readonly ServiceName[]
  /** Empty only when no service needs one, which the option `services` has to allow first. */
  readonly channel: string
  /** Absent when the caller leaves the choice of identity to the policy. */
  readonly identity?: Identity
  /** `'subscriber'` unless the caller asked for more, or had more until now. Of `rtc` only. */
  readonly role: Role
  /** Seconds; the default is filled in and the maximum already applied. */
  readonly ttl: number
}

/**
 * What the verified previous token of a renewal still grants, or granted up to its end. Frozen; the token
 * itself is not passed on.
 */
export interface PreviousGrant {
  /** Those it opens, without those that this endpoint does not offer. */
  readonly services: readonly ServiceName[]
  /** Empty when `services` has no `rtc`. */
  readonly channel: string
  /** Absent when the token was good for any user. */
  readonly identity?: Identity
  /** `'publisher'` while one of the privileges to publish lasts. Of `rtc` only. */
  readonly role: Role
  /**
   * The ends of the privileges of `rtc`, in Unix seconds. One that ended before the right to be in the
   * channel did is absent.
   */
  readonly privileges: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** Unix seconds: when the first of `services` ends, or ended up to ten minutes ago. */
  readonly expiresAt: number
}

/** The question put to `authorize`: may this subject have this? */
export interface Ask<S> {
  /** What `authenticate` returned. */
  readonly subject: S
  /** `'renew'` where a previous token proves all of the wish; a wish for more is one for a first token. */
  readonly intent: 'mint' | 'renew'
  readonly wish: Wish
  /** The caller's free members; checked for size only. */
  readonly params: Readonly<Record<string, unknown>>
  /** Present when `intent` is `'renew'`. */
  readonly previous?: PreviousGrant
  readonly ip?: string | undefined
  /** Aborts when the time for an answer is over or the caller has gone. */
  readonly signal: AbortSignal
}

/** Permission to sign. It may narrow the wish and never widens it. */
export interface Grant {
  readonly allow: true
  /** Only a restatement: must equal the wish. */
  readonly channel?: string
  /** Chooses the identity when the wish has none; otherwise must be the same user. */
  readonly identity?: Identity
  /**
   * The most that the subject may be. A caller who wishes more is refused with `role_forbidden`,
   * unless `downgrade` is set. Default: `'subscriber'`, and in a renewal the role of the previous token.
   * In a renewal a publisher gets the privileges that the previous token still holds, until the ends they
   * have there; `privileges` says otherwise.
   */
  readonly role?: Role
  /** Upper bound of the token's life, in seconds. Default: the wished one. */
  readonly ttl?: number
  /** Those of the wished services that are granted; at least one. Default: all. */
  readonly services?: readonly ServiceName[]
  /**
   * Seconds after which a privilege of `rtc` ends before the token does. Default: as the token; in a renewal as
   * in the previous token, of which one that was to end earlier keeps its end, and one that has ended is gone.
   */
  readonly privileges?: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** Names the project to sign for; needed when the handler has several. */
  readonly project?: string
  /** For the audit event of this decision. Never shown to the caller. */
  readonly tags?: Readonly<Record<string, string>>
  /** Gives a caller who wishes more than `role`, or than their ticket says, that role, in place of refusing. */
  readonly downgrade?: true
}

/** Codes that a policy can refuse with: those of status 403. */
export type ForbiddenCode = {
  [C in keyof typeof PROBLEM_STATUS]: (typeof PROBLEM_STATUS)[C] extends 403 ? C : never
}[keyof typeof PROBLEM_STATUS]

/** Refusal to sign. */
export interface Denial {
  readonly allow: false
  /** Default `'forbidden'`. */
  readonly code?: ForbiddenCode
  /** Shown to the caller. */
  readonly detail?: string
}

/** What `authorize` answers. Anything else is an error of the policy, and nothing is signed. */
export type Decision = Grant | Denial

/** Says what the one who asks may get. */
export type Authorizer<S> = (ask: Ask<S>) => Decision | Promise<Decision>

/**
 * Permits what was wished, or less.
 *
 * @example
 * allow({ identity: { account: subject.id }, ttl: 900 })
 */
export function allow(grant: Omit<Grant, 'allow'> = {}): Grant {
  // In this order: V8 gives an object that begins with a spread and goes on a shape of its own each
  // time, which makes every later look at it slow.
  return { allow: true, ...grant }
}

/**
 * Refuses. The renewer stops for good at any of these codes.
 *
 * @param code default `'forbidden'`
 * @param detail shown to the caller
 */
export function deny(code: ForbiddenCode = 'forbidden', detail?: string): Denial {
  return detail === undefined ? { allow: false, code } : { allow: false, code, detail }
}
