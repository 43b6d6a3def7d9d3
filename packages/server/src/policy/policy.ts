import type { Identity, RtcPrivilege } from '@rtc-token/core'
import type { PROBLEM_STATUS, Role, ServiceName } from '@rtc-token/core/contract'

/** What a caller asks for, validated and completed. Frozen, because the grant is compared with it. */
export interface Wish {
  readonly services: readonly ServiceName[]
  /** Empty only when no service in `services` needs a channel. */
  readonly channel: string
  /** `undefined` when the caller leaves the choice of identity to the policy. */
  readonly identity?: Identity
  /** `'subscriber'` unless the caller asked for `'publisher'` or renews a publisher's token. Only for `rtc`. */
  readonly role: Role
  /** Seconds; the default is filled in and the maximum already applied. */
  readonly ttl: number
}

/**
 * What the verified previous token of a renewal still grants, or granted until it expired. Frozen; the policy
 * does not get the token itself.
 */
export interface PreviousGrant {
  /** The services of the token that this endpoint offers. */
  readonly services: readonly ServiceName[]
  /** Empty when `services` has no `rtc`. */
  readonly channel: string
  /** `undefined` when the token was valid for any user. */
  readonly identity?: Identity
  /** `'publisher'` while one of the privileges to publish is valid. Only for `rtc`. */
  readonly role: Role
  /**
   * When each privilege of `rtc` expires, in Unix seconds. A privilege that expired before the right to join
   * did is missing.
   */
  readonly privileges: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** Unix seconds: when the first of `services` expires, or expired up to ten minutes ago. */
  readonly expiresAt: number
}

/** The question put to `authorize`: may this subject have this? */
export interface Ask<S> {
  /** What `authenticate` returned. */
  readonly subject: S
  /** `'renew'` when a previous token proves the whole wish; otherwise `'mint'`, as for a first token. */
  readonly intent: 'mint' | 'renew'
  readonly wish: Wish
  /** The member `params` of the request; only its size is checked, unless the option `params` has a schema. */
  readonly params: Readonly<Record<string, unknown>>
  /** Present when `intent` is `'renew'`. */
  readonly previous?: PreviousGrant
  readonly ip?: string | undefined
  /** Aborts when `timeoutMs` is over or the caller has disconnected. */
  readonly signal: AbortSignal
}

/** Permission to sign a token. It may narrow the wish and never widens it. */
export interface Grant {
  readonly allow: true
  /** If given, must equal the wished channel. */
  readonly channel?: string
  /** Chooses the identity when the wish has none; otherwise must be the same user. */
  readonly identity?: Identity
  /**
   * The highest role that the subject may have. A wish for a higher one is refused with `role_forbidden`,
   * unless `downgrade` is set. Default: `'subscriber'`, and in a renewal the role of the previous token.
   * In a renewal a publisher keeps the privileges that the previous token still holds, with their expiries,
   * unless `privileges` says otherwise.
   */
  readonly role?: Role
  /** Upper limit of the token's life, in seconds. Default: the wished ttl. */
  readonly ttl?: number
  /** The granted services, at least one of the wished ones. Default: all of them. */
  readonly services?: readonly ServiceName[]
  /**
   * Seconds until a privilege of `rtc` expires, if earlier than the token. Default: as long as the token; in a
   * renewal as in the previous token, where an earlier expiry stays and an expired privilege is not renewed.
   */
  readonly privileges?: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** Name of the project to sign for; required when the handler has several. */
  readonly project?: string
  /** For the audit event of this decision. Never shown to the caller. */
  readonly tags?: Readonly<Record<string, string>>
  /** Lowers a wished role that exceeds `role` or the caller's ticket, instead of refusing the request. */
  readonly downgrade?: true
}

/** Codes that a policy can refuse with: all those with status 403. */
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

/** What `authorize` returns. Any other value is a bug in the policy, and nothing is signed. */
export type Decision = Grant | Denial

/** Decides what an authenticated caller gets. */
export type Authorizer<S> = (ask: Ask<S>) => Decision | Promise<Decision>

/**
 * Grants what was wished, or less.
 *
 * @example
 * allow({ identity: { account: subject.id }, ttl: 900 })
 */
export function allow(grant: Omit<Grant, 'allow'> = {}): Grant {
  // `allow` comes first: members after a spread make V8 give each object a shape of its own, which makes
  // every later access slow.
  return { allow: true, ...grant }
}

/**
 * Refuses the wish. The client renewer stops for good at any of these codes.
 *
 * @param code default `'forbidden'`
 * @param detail shown to the caller
 */
export function deny(code: ForbiddenCode = 'forbidden', detail?: string): Denial {
  return detail === undefined ? { allow: false, code } : { allow: false, code, detail }
}

/** The string for an identity in a token, where uid 7 and account "7" are the same user. @internal */
export function userText({ uid, account }: Identity): string {
  return uid === undefined ? account : String(uid)
}
