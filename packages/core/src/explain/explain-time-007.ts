import { FIRST_TIMESTAMP, MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import type { Tell } from './finding.ts'
import { ended, span } from './wording.ts'

/** Explains the times of a 007 token, which are durations from its issue. */
export function explainTime007(tell: Tell, token: DecodedToken007, end: number, now: number): void {
  const { issuedAt, expiresIn } = token
  if (issuedAt > now) {
    const ahead = span(issuedAt - now)
    tell(
      'ISSUED_IN_FUTURE',
      `Expected an issue time up to now, got one ${ahead} ahead: two clocks differ.`,
    )
  }
  if (expiresIn !== 0 && end <= now) tell('TOKEN_ENDED', ended('The token', end, now))
  explainLengths(tell, token)
}

function explainLengths(tell: Tell, { issuedAt, expiresIn, services }: DecodedToken007): void {
  const known = services.filter((claims) => claims.service !== 'unknown')
  const privileges = known.flatMap((claims) => Object.entries(claims.privileges))
  const lengths = [['the token', expiresIn] as const, ...privileges]
  const [name, seconds] = lengths.reduce((longest, next) => (next[1] > longest[1] ? next : longest))
  if (seconds >= FIRST_TIMESTAMP) {
    const year = new Date((issuedAt + seconds) * 1000).getUTCFullYear()
    tell(
      'TIME_ABSOLUTE_IN_007',
      `Expected a length in seconds for ${name}, got ${seconds}: a timestamp, which would end it in ${year}; the service ends it after 24 hours.`,
    )
  } else if (expiresIn === 0) {
    tell('LIFE_ZERO', 'Expected a life in seconds, got 0.')
  } else if (seconds > MAX_LIFE_SECONDS) {
    tell(
      'LIFE_OVER_24_HOURS',
      `Expected at most 24 hours for ${name}, got ${span(seconds)}; the service ends it after 24 hours.`,
    )
  }
}
