import {
  FIRST_RENEWAL_PERCENT,
  RENEWAL_JITTER_PERCENT,
  RENEWAL_LEAD_PERCENT,
  SHORT_LIFE_SECONDS,
  SHORT_RENEWAL_LEAD_PERCENT,
} from '@rtc-token/core/contract'

/**
 * Returns when to request the next token, in milliseconds from the start of a lifetime of `lifeMs`. At random, the
 * first renewal of a session comes after 40 to 75 % of the lifetime, which spreads clients that joined together;
 * later ones come after 70 to 75 %. A lifetime under three minutes is renewed after 40 to 50 %. With an hour, 15
 * minutes are left, so that a ten-minute outage ends no call.
 *
 * @param random - from 0 up to, but not including, 1
 * @param isFirst - whether it is the first renewal of the session; default `false`
 */
export function renewalDelay(lifeMs: number, random: number, isFirst?: boolean): number {
  const isShort = lifeMs < SHORT_LIFE_SECONDS * 1000
  const lead = isShort ? SHORT_RENEWAL_LEAD_PERCENT : RENEWAL_LEAD_PERCENT
  const width = isFirst ? 100 - FIRST_RENEWAL_PERCENT - lead : (lead * RENEWAL_JITTER_PERCENT) / 100
  return lifeMs - (lifeMs * (lead + width * random)) / 100
}
