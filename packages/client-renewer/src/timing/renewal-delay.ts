import {
  RENEWAL_JITTER_PERCENT,
  RENEWAL_LEAD_PERCENT,
  SHORT_LIFE_SECONDS,
  SHORT_RENEWAL_LEAD_PERCENT,
} from '@rtc-token/core/contract'

/**
 * When to ask for the next token, in milliseconds from the start of a life of `lifeMs`: 25 % of the life
 * before its end, or half of it when it is under three minutes. One hour leaves 15 minutes, so that an
 * outage of ten ends no call. Jitter of up to 20 % of that lead only makes it earlier.
 *
 * @param random - from 0 up to 1
 */
export function renewalDelay(lifeMs: number, random: number): number {
  const isShort = lifeMs < SHORT_LIFE_SECONDS * 1000
  const percent = isShort ? SHORT_RENEWAL_LEAD_PERCENT : RENEWAL_LEAD_PERCENT
  return lifeMs - ((lifeMs * percent) / 100) * (1 + (RENEWAL_JITTER_PERCENT * random) / 100)
}
