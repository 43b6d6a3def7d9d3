// Ordered by how far an authenticator got with the credential. When several refuse, the last in this list is reported.
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

/** Why a caller was not recognised. `docs/errors.md` says what to check for each reason. */
export type AuthReason = (typeof REASONS)[number]

/** Why a caller was not recognised, for events, logs and traces. It is never part of a reply. */
export interface AuthFault {
  readonly reason: AuthReason
  /** A sentence for people, without secrets. Events contain up to 300 characters of it, on one line. */
  readonly detail?: string | undefined
}

/** @internal */
export interface NotedFault extends AuthFault {
  /** Seconds after which the same credential may be accepted. */
  readonly retryAfter?: number
}

const FAULTS = new WeakMap<Request, NotedFault>()

/**
 * Records why your authenticator does not recognise a caller, and returns the `null` that it should return. When
 * several authenticators refuse, events report the reason of the one that got furthest.
 *
 * @param detail - a sentence for logs, without secrets; cut after 300 characters
 * @throws {TypeError} for an unknown reason
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

/** Whether a value is a known reason. Reasons are labels of metrics, so their number must be limited. @internal */
export function isReason(reason: unknown): reason is AuthReason {
  return REASONS.some((known) => known === reason)
}

/** @internal */
export function noteFault(request: Request, fault: NotedFault): null {
  if (rankOf(fault) > rankOf(FAULTS.get(request))) FAULTS.set(request, fault)
  return null
}

/** The fault recorded for a request; `undefined` if no fault was recorded. @internal */
export function faultOf(request: Request): NotedFault | undefined {
  return FAULTS.get(request)
}

function rankOf(fault: AuthFault | undefined): number {
  return fault ? REASONS.indexOf(fault.reason) : -1
}
