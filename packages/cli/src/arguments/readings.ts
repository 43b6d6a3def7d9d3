import { UsageError } from './usage-error.ts'

const MAX_U32 = 0xffff_ffff
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Reads a uid: 0 to 4294967295. @throws {UsageError} */
export function readUid(text: string): number {
  const uid = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (uid <= MAX_U32) return uid
  throw new UsageError(
    `--uid: expected a whole number from 0 to ${MAX_U32}, got ${arrived(text)}.`,
    'For a user with a name, use --account.',
  )
}

/** Reads a length of time as seconds: `90`, `90s`, `15m`, `1h`, `1d`. Core checks the range. @throws {UsageError} */
export function readLength(text: string, option: string): number {
  const [, count, unit = 's'] = /^(\d{1,15})([smhd])?$/.exec(text) ?? []
  if (count !== undefined) return Number(count) * UNIT_SECONDS[unit]!
  throw new UsageError(`${option}: expected a length such as 90s, 15m or 1h, got ${arrived(text)}.`)
}

/** Reads a timestamp: Unix seconds, or an ISO 8601 date, in UTC unless it has a time zone. @throws {UsageError} */
export function readMoment(text: string, option: string): number {
  if (/^\d{1,11}$/.test(text)) return Number(text)
  const [, date, time = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ??
    []
  const moment = Date.parse(`${date}T${time}${zone}`) / 1000
  if (Number.isFinite(moment)) return moment
  throw new UsageError(
    `${option}: expected Unix seconds or a date such as 2026-11-29T20:00:00Z, got ${arrived(text)}.`,
    /^\d{12,}$/.test(text) ? 'It looks like milliseconds: divide by 1000.' : 'See --help.',
  )
}

/** Reads one of several words. @throws {UsageError} */
export function readChoice<T extends string>(
  text: string,
  choices: readonly T[],
  option: string,
): T {
  const choice = choices.find((it) => it === text)
  if (choice !== undefined) return choice
  throw new UsageError(`${option}: expected one of ${choices.join(', ')}, got ${arrived(text)}.`)
}

function arrived(text: string): string {
  return text === '' ? 'an empty string' : `a string of ${text.length} characters`
}
