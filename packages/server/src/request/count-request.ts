import { Refusal } from '../errors/refusal.ts'
import { retryAfterSeconds } from '../limit/limit-state.ts'
import type { LimitKind } from '../limit/rate-limiter.ts'
import type { BaseSettings } from '../options/settings.ts'
import type { RequestState } from './request-state.ts'

/**
 * Counts a request by address, subject or channel, and stores the rest of the limit for the reply's headers.
 *
 * @internal
 * @param key - what to count by; `undefined` when the request does not have it
 * @throws {Refusal} rate_limited, or limiter_unavailable
 */
export async function countRequest(
  { limits }: BaseSettings,
  state: RequestState,
  kind: LimitKind,
  key: string | undefined,
): Promise<void> {
  if (!limits.enabled[kind]) return
  // A wish for messaging or chat alone has no channel and is not counted by one.
  if (key === undefined) return kind === 'channel' ? undefined : limits.uncountable(kind)
  const left = await state.timer.run('limit', () => limits.check(kind, key, state))
  if (!left) return
  state.limits.push(left)
  if (!left.ok)
    throw new Refusal('rate_limited', undefined, { retryAfter: retryAfterSeconds(left) })
}
