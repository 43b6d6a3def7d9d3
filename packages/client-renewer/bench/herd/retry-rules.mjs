// Ways to choose the wait before the next try, to compare. The renewer's own is the source's.

const BASE_MS = 500
const SECOND_MS = 1_000
const LAST_TRY_MS = 5_000
const HOUR_MS = 3_600_000

/** Exponential with full jitter, at most 15 seconds; Retry-After to the letter. */
export function atMost15Seconds({ attempt, error, remainingMs, random }) {
  const limit = Math.min(15_000, BASE_MS * 2 ** Math.min(attempt, 10))
  const asked = error.retryAfterMs ?? Math.max(BASE_MS / 2, limit * random)
  const wish = Math.min(asked, HOUR_MS)
  const lastTryInMs = (remainingMs ?? 0) - LAST_TRY_MS
  return lastTryInMs < BASE_MS ? wish : Math.min(wish, lastTryInMs)
}

/**
 * Exponential with full jitter over all that is left of the token, from a second to twenty minutes; Retry-After is the
 * least there is to wait, unless the token would end before. Once it has, 15 seconds at most.
 */
export function overWhatIsLeft({ attempt, error, tookMs = 0, remainingMs, random }) {
  const leftMs = remainingMs - LAST_TRY_MS
  const capMs = remainingMs > 0 ? Math.min(leftMs, 1_200_000) : 15_000 - tookMs
  const limit = Math.max(SECOND_MS, Math.min(capMs, BASE_MS * 4 ** Math.min(attempt, 10)))
  const own = SECOND_MS + (limit - SECOND_MS) * random
  const mostMs = (remainingMs <= 0 ? capMs : HOUR_MS) / 1.2
  const asked = Math.min(error.retryAfterMs ?? 0, mostMs) * (1 + 0.2 * random)
  return remainingMs > 0 && asked > leftMs ? own : Math.max(asked, own)
}
