// In the order of how far an authenticator got with what it was sent: of several, the last one says most.
const REASONS = [
  'unspecified',
  'no_credential',
  'no_session',
  'malformed',
  'wrong_secret',
  'wrong_algorithm',
  'wrong_issuer',
  'key_unknown',
  'wrong_signature',
  'wrong_audience',
  'claim_malformed',
  'end_missing',
  'not_yet_valid',
  'expired',
  'no_subject',
  'key_not_yet_known',
] as const

/** Why a caller was not recognised; `docs/errors.md` says of each what to look at. */
export type AuthReason = (typeof REASONS)[number]

/** Why a caller was not recognised, for events, logs and traces. Never part of a reply. */
export interface AuthFault {
  readonly reason: AuthReason
  /** A sentence for people. Events have up to 300 characters of it, in one line. */
  readonly detail?: string | undefined
}

/** @internal */
export interface NotedFault extends AuthFault {
  /** Seconds after which the same credential may be recognised. */
  readonly retryAfter?: number
}

const FAULTS = new WeakMap<Request, NotedFault>()

/**
 * Says why an authenticator does not recognise a caller, and answers `null`, which is what the
 * authenticator has to answer then. Of several that are asked, the one that got furthest is heard.
 *
 * @param detail a sentence for logs, with nothing secret in it; what is longer than 300 characters is cut
 * @throws {TypeError} when there is no such reason
 *
 * @example
 * authenticate: async (request) => {
 *   const user = await sessions.userOf(request.headers.get('cookie'))
 *   return user?.isActive ? user : unauthenticated(request, 'expired', 'The account is closed')
 * }
 */
export function unauthenticated(request: Request, reason: AuthReason, detail?: string): null {
  if (!isReason(reason)) {
    throw new TypeError(`unauthenticated: one of ${REASONS.join(', ')} expected as the reason`)
  }
  return noteFault(request, { reason, detail })
}

/** Whether this is a reason: a label of metrics, of which there may not be any number. @internal */
export function isReason(reason: unknown): reason is AuthReason {
  return REASONS.some((known) => known === reason)
}

/** @internal */
export function noteFault(request: Request, fault: NotedFault): null {
  if (rankOf(fault) > rankOf(FAULTS.get(request))) FAULTS.set(request, fault)
  return null
}

/** What was said about a request, if anything was. @internal */
export function faultOf(request: Request): NotedFault | undefined {
  return FAULTS.get(request)
}

function rankOf(fault: AuthFault | undefined): number {
  return fault ? REASONS.indexOf(fault.reason) : -1
}
