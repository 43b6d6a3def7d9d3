import type { Role } from '@rtc-token/core/contract'

/** The limits of a ticket, which apply even if the policy grants more. */
export interface TicketBounds {
  /**
   * Pattern of channels: `*` is any run of characters, all else is literal. Default: any channel. Messaging and chat,
   * which have no channels, are granted only together with `rtc` in one of these, unless `userId` is given.
   */
  readonly channel?: string
  /**
   * The user of messaging and chat: both are granted only to this user, and also without `rtc`, as UI kits ask for
   * them. A uid is given in decimal. Default: the user that the policy grants.
   */
  readonly userId?: string
  /** The highest role of the bearer. Default: what the policy grants. */
  readonly role?: Role
}

/** The limits of a ticket and its expiry. */
export interface TicketScope extends TicketBounds {
  /** Unix seconds: when the ticket expires; tokens requested with it expire no later. */
  readonly endsAt: number
}

const SCOPES = new WeakMap<object, TicketScope>()

/**
 * Stores the scope for the subject, and for the request in case an authenticator replaces the subject.
 *
 * @internal
 */
export function noteScope(scope: TicketScope, subject: unknown, request: Request): void {
  SCOPES.set(Object(subject), scope)
  SCOPES.set(request, scope)
}

/**
 * Returns the scope of the ticket that authenticated a subject; `undefined` without a ticket. Pass the request too, or
 * the scope is lost when an authenticator turns the ticket's subject into another object.
 *
 * @internal
 */
export function scopeOf(subject: unknown, request?: Request): TicketScope | undefined {
  // `Object()` makes an object of a string, under which nothing is stored.
  return SCOPES.get(Object(subject)) ?? (request && SCOPES.get(request))
}
