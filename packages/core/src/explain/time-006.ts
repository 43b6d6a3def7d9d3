import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { LOOKS_ABSOLUTE, formatUnixTime, span } from './wording.ts'
import { ended, privilegeEnded } from './time-007.ts'

/** Explains the times of a 006 token, which are Unix timestamps in seconds. */
export function explainTime006(token: DecodedToken006, { now }: Expected): Finding[] {
  const privileges = Object.entries(token.privileges).filter(([, at]) => at !== 0)
  return [
    ...explainToken(token.tokenExpiresAt, now),
    ...privileges.flatMap(([name, at]) => explainPrivilege(name, at, token, now)),
  ]
}

function explainToken(end: number, now: number): Finding[] {
  if (end < LOOKS_ABSOLUTE) return [timestampIsLength('the token', end, 'fatal')]
  if (end <= now) return [finding('TOKEN_ENDED', ended('The token', end, now))]
  if (end <= now + MAX_LIFE_SECONDS) return []
  const message = `An end within 24 hours was expected, the token's is in ${span(end - now)}: a longer life was asked for, or two clocks differ.`
  return [finding('LIFE_OVER_24_HOURS', message)]
}

function explainPrivilege(
  name: string,
  at: number,
  token: DecodedToken006,
  now: number,
): Finding[] {
  if (at < LOOKS_ABSOLUTE) {
    return [timestampIsLength(name, at, name === 'joinChannel' ? 'fatal' : 'warning')]
  }
  const endsFirst = at <= now && token.tokenExpiresAt > now
  return endsFirst ? [privilegeEnded(name, at, now)] : []
}

function timestampIsLength(name: string, at: number, severity: 'fatal' | 'warning'): Finding {
  return finding(
    'TIME_RELATIVE_IN_006',
    `A timestamp in Unix seconds was expected for the end of ${name}, ${at} arrived: a length of time, which as a timestamp is ${formatUnixTime(at)}.`,
    severity,
  )
}
