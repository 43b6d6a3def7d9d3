import { PROBLEM_STATUS, type ProblemCode } from '@rtc-token/core/contract'

import { AuthenticatorUnavailable } from './authenticator-unavailable.ts'
import type { Caller } from '../time/deadline.ts'
import { Refusal } from './refusal.ts'
import { isA, printThrown, textOf } from './thrown.ts'

/** Receives what the caller is never told. The id is empty for what belongs to no request. @internal */
export type OnError = (error: unknown, requestId: string) => void | Promise<void>

// Whatever the caller did, the owner of the server has something to mend.
const OWN_FAILURES: ReadonlySet<ProblemCode> = new Set([
  'policy_timeout',
  'not_configured',
  'authenticator_unavailable',
  'limiter_unavailable',
])

/**
 * Turns what was thrown into what the caller is told: of anything unforeseen, nothing.
 *
 * @internal
 */
export function toRefusal(error: unknown): Refusal {
  if (isA(error, Refusal) && isKnown(textOf(error, 'code'))) return error
  if (isA(error, AuthenticatorUnavailable)) {
    return new Refusal('authenticator_unavailable', undefined, { cause: error })
  }
  return new Refusal('internal_error', undefined, { cause: error })
}

function isKnown(code = ''): boolean {
  return Object.hasOwn(PROBLEM_STATUS, code)
}

/**
 * Whether a refusal is the server's own failure. A hook that gave up because the caller has gone
 * is none.
 *
 * @internal
 */
export function isFailure({ code, cause, why }: Refusal, caller: Caller): boolean {
  // A JWT of a key that is not known yet is a 503, and any caller can send one.
  if (why) return false
  if (OWN_FAILURES.has(code)) return true
  if (code !== 'internal_error') return false
  const { aborted, reason } = caller.signal
  const gaveUp = cause === reason || textOf(cause, 'name') === 'AbortError'
  return !(aborted && gaveUp)
}

/**
 * Passes a failure on to `onError`, whose own failures must not cost the caller the reply.
 *
 * @internal
 */
export async function reportFailure(
  refusal: Refusal,
  onError: OnError,
  requestId: string,
): Promise<void> {
  try {
    await onError(refusal.cause, requestId)
  } catch {
    // There is nobody left to tell.
  }
}

/** Prints a failure where there is no `onError`; one that belongs to no request has no id. @internal */
export function printError(error: unknown, requestId: string): void {
  printThrown(requestId === '' ? '[rtc-token]' : `[rtc-token] request ${requestId}`, error)
}
