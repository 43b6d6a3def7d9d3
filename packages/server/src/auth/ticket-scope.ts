import type { Role } from '@rtc-token/core/contract'

/**
 * The limits of a ticket, which apply even if the policy grants more. A request beyond them gets `channel_forbidden`,
 * `identity_forbidden` or `role_forbidden`.
 */
export interface TicketBounds {
  /**
   * A pattern for channels, in which `*` matches any characters and everything else is literal. Messaging and chat have
   * no channels: they are granted only together with `rtc` in such a channel, unless `userId` is set. Default: any
   * channel.
   */
  readonly channel?: string
  /**
   * The user of messaging and chat, a uid in decimal or an account. Both are then granted to this user only, also
   * without `rtc`, as UI kits request them. Default: the user that the policy grants.
   */
  readonly userId?: string
  /** The highest role. Default: the role that the policy grants. */
  readonly role?: Role
}

/** The limits of a ticket and its expiry. */
export interface TicketScope extends TicketBounds {
  /** When the ticket expires, in Unix seconds. Tokens requested with it expire no later. */
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
  // `Object()` wraps a string in a new object, so a string never finds a scope.
  return SCOPES.get(Object(subject)) ?? (request && SCOPES.get(request))
}
