import {
  FIRST_RENEWAL_PERCENT,
  RENEWAL_JITTER_PERCENT,
  RENEWAL_LEAD_PERCENT,
  SHORT_LIFE_SECONDS,
  SHORT_RENEWAL_LEAD_PERCENT,
} from '@rtc-token/core/contract'

/**
 * When to ask for the next token, in milliseconds from the start of a life of `lifeMs`: at the latest 25 % of the
 * life before its end, or half of it when it is under three minutes. One hour leaves 15 minutes, so that an outage
 * of ten ends no call. Chance makes it earlier: the first renewal of a session by up to 35 % of the life, so that
 * clients that joined together are spread; later ones by up to 20 % of that lead. A short life is always renewed
 * after 40 to 50 % of it. See `docs/scale.md`.
 *
 * @param random - from 0 up to 1
 * @param isFirst - whether no token of the session came before. Default false
 */
export function renewalDelay(lifeMs: number, random: number, isFirst?: boolean): number {
  const isShort = lifeMs < SHORT_LIFE_SECONDS * 1000
  const lead = isShort ? SHORT_RENEWAL_LEAD_PERCENT : RENEWAL_LEAD_PERCENT
  const width = isFirst ? 100 - FIRST_RENEWAL_PERCENT - lead : (lead * RENEWAL_JITTER_PERCENT) / 100
  return lifeMs - (lifeMs * (lead + width * random)) / 100
}
