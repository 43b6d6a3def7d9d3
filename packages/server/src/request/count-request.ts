import { Refusal } from '../errors/refusal.ts'
import { retryAfterSeconds } from '../limit/limit-state.ts'
import type { LimitKind, LimitState } from '../limit/rate-limiter.ts'
import type { BaseSettings } from '../options/settings.ts'
import { isThenable } from '../time/deadline.ts'
import type { RequestState } from './request-state.ts'

/** The members of a request's state that counting needs. @internal */
export type Counting = Pick<RequestState, 'timer' | 'limits' | 'limitWaitMs'>

/**
 * Counts a request by address, subject or channel, and stores the rest of the limit for the reply's headers. Returns
 * a promise only when the limiter does.
 *
 * @internal
 * @param key - what to count by; `undefined` when the request does not have it
 * @throws {Refusal} rate_limited, or limiter_unavailable; thrown or rejected, depending on the limiter
 */
export function countRequest(
  { limits }: Pick<BaseSettings, 'limits'>,
  state: Counting,
  kind: LimitKind,
  key: string | undefined,
): void | Promise<void> {
  if (!limits.enabled[kind]) return
  // A wish for messaging or chat alone has no channel and is not counted by one.
  if (key === undefined) return kind === 'channel' ? undefined : limits.uncountable(kind)
  const left = state.timer.run('limit', () => limits.check(kind, key, state))
  return isThenable(left) ? left.then((known) => note(state, known)) : note(state, left)
}

function note(state: Counting, left: LimitState | undefined): void {
  if (!left) return
  state.limits.push(left)
  if (!left.ok)
    throw new Refusal('rate_limited', undefined, { retryAfter: retryAfterSeconds(left) })
}
