import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { joinedServices } from './joined-services.ts'
import { LOOKS_ABSOLUTE, formatUnixTime, span } from './wording.ts'

/** Explains the times of a 007 token, which are lengths counted from its issue. */
export function explainTime007(token: DecodedToken007, expected: Expected): Finding[] {
  return [
    ...explainLengths(token),
    ...explainIssue(token, expected.now),
    ...explainEnd(token, expected),
  ]
}

function explainLengths(token: DecodedToken007): Finding[] {
  const lengths = lengthsOf(token)
  const absolute = lengths.find(([, length]) => length >= LOOKS_ABSOLUTE)
  if (absolute) return [lengthIsMoment(token, ...absolute)]
  if (token.expiresIn === 0) {
    return [finding('LIFE_ZERO', 'A length of life in seconds was expected, 0 arrived.')]
  }
  const long = lengths.find(([, length]) => length > MAX_LIFE_SECONDS)
  return long ? [lengthIsLong(...long)] : []
}

type Length = readonly [name: string, seconds: number]

function lengthsOf({ expiresIn, services }: DecodedToken007): Length[] {
  const known = services.filter((claims) => claims.service !== 'unknown')
  const privileges = known.flatMap(({ privileges }) => Object.entries(privileges))
  return [['the token', expiresIn], ...privileges]
}

function lengthIsMoment({ issuedAt }: DecodedToken007, name: string, seconds: number): Finding {
  return finding(
    'TIME_ABSOLUTE_IN_007',
    `A length in seconds was expected for ${name}, ${seconds} arrived: a timestamp, which would end it in ${new Date((issuedAt + seconds) * 1000).getUTCFullYear()}; the service ends it after 24 hours.`,
  )
}

function lengthIsLong(name: string, seconds: number): Finding {
  return finding(
    'LIFE_OVER_24_HOURS',
    `At most 24 hours were expected for ${name}, ${span(seconds)} arrived; the service ends it after 24 hours.`,
  )
}

function explainIssue({ issuedAt }: DecodedToken007, now: number): Finding[] {
  if (issuedAt <= now) return []
  const message = `An issue time up to now was expected, the token's is ${span(issuedAt - now)} ahead: two clocks differ.`
  return [finding('ISSUED_IN_FUTURE', message)]
}

function explainEnd(token: DecodedToken007, expected: Expected): Finding[] {
  const { issuedAt, expiresIn } = token
  const end = issuedAt + Math.min(expiresIn, MAX_LIFE_SECONDS)
  if (expiresIn === 0) return []
  if (end <= expected.now) return [finding('TOKEN_ENDED', ended('The token', end, expected.now))]
  const entries = joinedServices(token, expected).flatMap((rtc) => Object.entries(rtc.privileges))
  return entries
    .filter(([, length]) => length !== 0 && issuedAt + length <= expected.now)
    .map(([name, length]) => privilegeEnded(name, issuedAt + length, expected.now))
}

/** Tells of a privilege that ended before its token. */
export function privilegeEnded(name: string, end: number, now: number): Finding {
  const code = name === 'joinChannel' ? 'JOIN_ENDED' : 'PRIVILEGE_ENDED'
  return finding(code, ended(`The privilege ${name}`, end, now))
}

/** Says since when something has been over. */
export function ended(what: string, end: number, now: number): string {
  return `${what} was expected to last, it ended ${span(now - end)} ago, at ${formatUnixTime(end)}.`
}
