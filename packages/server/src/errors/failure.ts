import { PROBLEM_STATUS, type ProblemCode } from '@rtc-token/core/contract'

import { AuthenticatorUnavailable, Refusal } from './refusal.ts'
import type { Caller } from '../time/deadline.ts'
import { isA, printThrown, textOf } from './thrown.ts'

const OWN_FAILURES: ReadonlySet<ProblemCode> = new Set([
  'policy_timeout',
  'not_configured',
  'authenticator_unavailable',
  'limiter_unavailable',
  'removals_unavailable',
])

/**
 * Turns a thrown value into a refusal. An unexpected error becomes `internal_error`, without detail.
 *
 * @internal
 */
export function toRefusal(error: unknown): Refusal {
  if (isA(error, Refusal) && isProblemCode(textOf(error, 'code'))) return error
  if (isA(error, AuthenticatorUnavailable)) {
    return new Refusal('authenticator_unavailable', undefined, { cause: error })
  }
  return new Refusal('internal_error', undefined, { cause: error })
}

/** Whether a string is the code of a problem. @internal */
export function isProblemCode(code = ''): code is ProblemCode {
  return Object.hasOwn(PROBLEM_STATUS, code)
}

/**
 * Whether a refusal is a failure of the server. A hook that stopped because the caller disconnected is not.
 *
 * @internal
 */
export function isFailure({ code, cause, why }: Refusal, caller: Caller): boolean {
  // A JWT with a key id that is not yet known gives a 503, and any caller can send such a JWT.
  if (why) return false
  if (OWN_FAILURES.has(code)) return true
  if (code !== 'internal_error') return false
  const { aborted, reason } = caller.signal
  const gaveUp = cause === reason || textOf(cause, 'name') === 'AbortError'
  return !(aborted && gaveUp)
}

/** The default `onError`: prints a failure, with its request id if it belongs to a request. @internal */
export function printError(error: unknown, requestId: string): void {
  printThrown(requestId === '' ? '[rtc-token]' : `[rtc-token] request ${requestId}`, error)
}
