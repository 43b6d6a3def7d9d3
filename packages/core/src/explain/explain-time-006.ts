import { FIRST_TIMESTAMP, MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { Severity } from './finding-kinds.ts'
import type { Tell } from './finding.ts'
import { ended, formatUnixTime, span } from './wording.ts'

/** Explains the expiry time of a 006 token, a Unix timestamp in seconds. */
export function explainTime006(tell: Tell, end: number, now: number): void {
  if (end < FIRST_TIMESTAMP) tellLength(tell, 'the token', end)
  else if (end <= now) tell('TOKEN_ENDED', ended('The token', end, now))
  else if (end > now + MAX_LIFE_SECONDS) {
    tell(
      'LIFE_OVER_24_HOURS',
      `Expected an end within 24 hours, got one in ${span(end - now)}: the token lives too long, or two clocks differ.`,
    )
  }
}

/** Reports a duration instead of a timestamp. */
export function tellLength(tell: Tell, name: string, at: number, severity?: Severity): void {
  tell(
    'TIME_RELATIVE_IN_006',
    `Expected a timestamp in Unix seconds for the end of ${name}, got ${at}: a length of time, which as a timestamp is ${formatUnixTime(at)}.`,
    severity,
  )
}
