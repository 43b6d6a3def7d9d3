/**
 * When to ask for the next token, in milliseconds from the start of a life of `lifeMs`: 25 % of the
 * life before its end, half of it when it is under three minutes. One hour leaves 15 minutes, so
 * that an outage of ten costs nobody a call. Jitter of up to 20 % of the lead only makes it earlier.
 *
 * @param random - from 0 up to 1
 */
export function renewalDelay(lifeMs: number, random: number): number {
  const SHORT_LIFE_MS = 180_000
  const JITTER = 0.2
  const lead = lifeMs * (lifeMs < SHORT_LIFE_MS ? 0.5 : 0.25)
  return lifeMs - lead * (1 + JITTER * random)
}
