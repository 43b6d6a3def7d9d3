import type { RenewError } from '../errors.ts'

/** What the delay before the next attempt depends on. */
export interface RetrySituation {
  /** The number of the failed attempt, from 1. */
  readonly attempt: number
  readonly error: RenewError
  /** How long that attempt took, in milliseconds. Default: 0. */
  readonly tookMs?: number
  /** Milliseconds until the current token expires. Negative afterwards; `undefined` if unknown. */
  readonly remainingMs: number | undefined
  /** From 0 up to, but not including, 1. */
  readonly random: number
}

/**
 * Returns the delay before the next attempt, in milliseconds, never less than a second. It grows exponentially with
 * full jitter, up to the remaining lifetime of the token or twenty minutes: the attempts of many clients thin out while
 * there is time, and come closer together as it runs out. It is at least what the server asked for, up to an hour,
 * unless the token would expire first. If the token has expired or its lifetime is unknown, attempts start at most
 * 15 seconds apart; after expiry, even if the server asks for more. See `docs/scale.md`.
 */
export function retryDelay({
  attempt,
  error: { retryAfterMs = 0 },
  tookMs = 0,
  remainingMs,
  random,
}: RetrySituation): number {
  const BASE_MS = 500
  const MIN_MS = 1_000
  const GROWTH = 4
  const MAX_RETRY_AFTER_MS = 3_600_000
  // How much later than the server asked, at random: clients that it refused together must not come back together.
  const RETRY_AFTER_JITTER = 0.2
  // Time for one more attempt before the token expires: a slow request and a slow SDK call.
  const LAST_TRY_MS = 5_000
  const CAP_AFTER_THE_END_MS = 15_000
  // With a day left, there is no hurry, but an app that awaits `renew` must not wait for hours.
  const CAP_MS = 1_200_000
  const leftMs = remainingMs! - LAST_TRY_MS
  const isAlive = remainingMs! > 0
  const capMs = isAlive ? Math.min(leftMs, CAP_MS) : CAP_AFTER_THE_END_MS - tookMs
  const limit = Math.max(MIN_MS, Math.min(capMs, BASE_MS * GROWTH ** attempt))
  const own = MIN_MS + (limit - MIN_MS) * random
  const jitter = 1 + RETRY_AFTER_JITTER * random
  const mostMs = (remainingMs! <= 0 ? capMs : MAX_RETRY_AFTER_MS) / (1 + RETRY_AFTER_JITTER)
  // The app may have thrown an object that only looks like a `RenewError`.
  const asked = retryAfterMs < Infinity ? Math.min(retryAfterMs, mostMs) * jitter : 0
  return isAlive && asked > leftMs ? own : Math.max(own, asked)
}
