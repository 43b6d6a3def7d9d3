import type { Role } from '@rtc-token/core/contract'

/** Bounds of a ticket, which hold whatever the policy grants. */
export interface TicketBounds {
  /**
   * Channels: `*` is any run of characters, all else stands for itself. Absent: any. Messaging and chat,
   * which know none, are granted only together with `rtc` in one of these, unless `userId` is given.
   */
  readonly channel?: string
  /**
   * The user of messaging and chat: both are granted to this one only, and also without `rtc`, as UI
   * kits ask for them. Of a uid, its decimal. Absent: whom the policy grants.
   */
  readonly userId?: string
  /** The most that its holder may be. Absent: what the policy grants. */
  readonly role?: Role
}

/** What a ticket is good for, and until when. */
export interface TicketScope extends TicketBounds {
  /** Unix seconds: when the ticket ends, and every token got by it at the latest. */
  readonly endsAt: number
}

const SCOPES = new WeakMap<object, TicketScope>()

/**
 * Notes the scope under the subject, and under the request for those who make another subject of it.
 *
 * @internal
 */
export function noteScope(scope: TicketScope, subject: unknown, request: Request): void {
  if (isKey(subject)) SCOPES.set(subject, scope)
  SCOPES.set(request, scope)
}

/**
 * Says within which bounds a ticket put its holder; `undefined` for who came without one. Pass the
 * request too: an authenticator that turns the ticket's subject into another object loses its scope
 * otherwise.
 *
 * @internal
 */
export function scopeOf(subject: unknown, request?: Request): TicketScope | undefined {
  const bySubject = isKey(subject) ? SCOPES.get(subject) : undefined
  return bySubject ?? (request && SCOPES.get(request))
}

function isKey(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
