import type { RenewError } from './errors.ts'

const BASE_MS = 500
const CAP_MS = 15_000
const MAX_RETRY_AFTER_MS = 3_600_000
/** Time for one more try before the end: what a slow request and a slow SDK call take. */
const LAST_TRY_MS = 5_000

/** What the wait before the next try depends on. */
export interface RetrySituation {
  /** Which try has just failed, from 1. */
  readonly attempt: number
  readonly error: RenewError
  /** Milliseconds until the token in use ends; negative when it has, absent when unknown. */
  readonly remainingMs: number | undefined
  /** From 0 up to 1. */
  readonly random: number
}

/**
 * How long to wait before the next try, in milliseconds: exponential with full jitter, from a
 * quarter of a second to 15 seconds, or what the server asked for, an hour at most. A wait that would
 * outlast the token is cut so that there is one more try before its end.
 */
export function retryDelay({ attempt, error, remainingMs, random }: RetrySituation): number {
  const limit = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10))
  const asked = error.retryAfterMs ?? Math.max(BASE_MS / 2, limit * random)
  const wish = Math.min(asked, MAX_RETRY_AFTER_MS)
  const lastTryInMs = (remainingMs ?? 0) - LAST_TRY_MS
  return lastTryInMs < BASE_MS ? wish : Math.min(wish, lastTryInMs)
}
