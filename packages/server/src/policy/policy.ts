import type { Identity, RtcPrivilege } from '@rtc-token/core'
import type { PROBLEM_STATUS, Role, ServiceName } from '@rtc-token/core/contract'

/** What a caller requests, validated and with defaults filled in. Frozen, because the grant is compared with it. */
export interface Wish {
  readonly services: readonly ServiceName[]
  /** Never empty when `services` includes `rtc`. */
  readonly channel: string
  /** `undefined` when the caller leaves the choice of the user to the policy. */
  readonly identity?: Identity
  /** `'subscriber'` unless the caller requests `'publisher'` or renews a publisher's token. Only for `rtc`. */
  readonly role: Role
  /** The life of the token in seconds, with the default filled in and the maximum applied. */
  readonly ttl: number
}

/**
 * What the previous token of a renewal still grants, or granted until it expired. Its signature has been verified. The
 * object is frozen and does not contain the token.
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
   * When each privilege of `rtc` expires, in Unix seconds. Privileges that expired before the right to join are absent.
   */
  readonly privileges: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** When the first of `services` expires, in Unix seconds. It may have expired up to ten minutes ago. */
  readonly expiresAt: number
}

/** The argument of `authorize`: who requests what. */
export interface Ask<S> {
  /** What `authenticate` returned. */
  readonly subject: S
  /** `'renew'` when a previous token proves everything in `wish`; otherwise `'mint'`. */
  readonly intent: 'mint' | 'renew'
  /** What the caller requests. */
  readonly wish: Wish
  /** The member `params` of the request, up to 1 KiB of JSON. Its content is checked only by the option `params`. */
  readonly params: Readonly<Record<string, unknown>>
  /** Present when `intent` is `'renew'`. */
  readonly previous?: PreviousGrant
  /** The IP address of the caller, if the host provides it. */
  readonly ip?: string | undefined
  /** Aborts after `timeoutMs`, or when the caller disconnects. */
  readonly signal: AbortSignal
}

/** Permission to sign a token. It may give less than the caller requests, and never more: that becomes a 500. */
export interface Grant {
  readonly allow: true
  /** Must equal the requested channel. Default: the requested channel. */
  readonly channel?: string
  /**
   * The user of the token. If the caller requests another user, it gets `identity_forbidden`. Default: the requested
   * user; without one, the caller gets `identity_invalid`.
   */
  readonly identity?: Identity
  /**
   * The highest role that the caller may have. A request for a higher role is refused with `role_forbidden`, unless
   * `downgrade` is set. Default: `'subscriber'`; in a renewal, the role of the previous token.
   *
   * In a renewal, a publisher keeps the privileges of the previous token with their expiries, unless `privileges` sets
   * others.
   */
  readonly role?: Role
  /** The longest life of the token in seconds: integer 1 to 999 999 999. Default: the requested `ttl`. */
  readonly ttl?: number
  /** The granted services: at least one of the requested ones. Default: all requested services. */
  readonly services?: readonly ServiceName[]
  /**
   * Seconds after which a privilege of `rtc` expires, if earlier than the token: integers from 1. Default: each lasts
   * as long as the token. In a renewal, a privilege with an earlier expiry keeps it, and an expired one is not renewed.
   */
  readonly privileges?: Partial<Readonly<Record<RtcPrivilege, number>>>
  /** The name of the project to sign for. Required when the handler has several. */
  readonly project?: string
  /** Strings for the event of this decision. The caller never sees them. */
  readonly tags?: Readonly<Record<string, string>>
  /** Grants the highest allowed role instead of refusing a request for a higher one. Default: refuse. */
  readonly downgrade?: true
}

/** The codes that a policy can refuse with: all those with status 403. */
export type ForbiddenCode = {
  [C in keyof typeof PROBLEM_STATUS]: (typeof PROBLEM_STATUS)[C] extends 403 ? C : never
}[keyof typeof PROBLEM_STATUS]

/** A refusal to sign. */
export interface Denial {
  readonly allow: false
  /** The code for the caller. Default `'forbidden'`. */
  readonly code?: ForbiddenCode
  /** A sentence for the caller. Default: none. */
  readonly detail?: string
}

/** What `authorize` returns. For any other value nothing is signed, and the caller gets a 500. */
export type Decision = Grant | Denial

/** Decides what an authenticated caller gets. If it throws, the caller gets a 500; after `timeoutMs`, a 503. */
export type Authorizer<S> = (ask: Ask<S>) => Decision | Promise<Decision>

/**
 * Grants what the caller requests, or less.
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
 * Refuses the request with status 403. The client renewer does not retry after any of these codes.
 *
 * @param code - for the caller; default `'forbidden'`
 * @param detail - a sentence for the caller; default: none
 */
export function deny(code: ForbiddenCode = 'forbidden', detail?: string): Denial {
  return detail === undefined ? { allow: false, code } : { allow: false, code, detail }
}

/** The string for an identity in a token, where uid 7 and account "7" are the same user. @internal */
export function userText({ uid, account }: Identity): string {
  return uid === undefined ? account : String(uid)
}
