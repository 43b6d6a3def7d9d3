import { admitsChannel, admitsUser } from '../checks/name-patterns.ts'
import type { KnownService } from '../layout/layouts.ts'
import type { DecodedToken } from '../token/decode-token.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import { crc32 } from '../wire/crc32.ts'
import type { Privileges } from '../wire/privilege-map.ts'

/** What programs write when a value is missing. */
export const MISSING_VALUES: readonly string[] = [
  'undefined',
  'null',
  'NaN',
  'None',
  'nil',
  '[object Object]',
]

/** A channel or a user in a token: the name itself, or its checksum in 006. */
export interface HeldName {
  /** `userId` is a user of a service other than calls. */
  readonly kind: 'channel' | 'user' | 'userId'
  /** `undefined` if the token holds only a checksum, of a name without findings. */
  readonly text: string | undefined
  /** Checks whether it admits this name. */
  readonly admits: (name: string) => boolean
}

/** A service in a token of either version. */
export interface HeldService {
  readonly service: KnownService['service']
  readonly channel: HeldName | undefined
  readonly user: HeldName | undefined
  /** When each privilege expires, in Unix seconds; 0 means as long as the token. */
  readonly ends: Privileges
}

/** Returns the services of a token that this package knows. */
export function heldServices(token: DecodedToken): HeldService[] {
  if (token.version === '006') return held006(token)
  return token.services.flatMap((claims) =>
    claims.service === 'unknown' ? [] : [held007(claims, token.issuedAt)],
  )
}

/** Returns the names of services without duplicates. */
export function servicesOf(held: readonly HeldService[]): string[] {
  return [...new Set(held.map(({ service }) => service))]
}

/** The names that one service or another has. */
interface Names {
  readonly service: string
  readonly channel?: string
  readonly roomUuid?: string
  readonly user?: string
  readonly userId?: string
  readonly userUuid?: string
}

function held007(claims: KnownService, issuedAt: number): HeldService {
  const { channel, roomUuid, user, userId, userUuid }: Names = claims
  const ends = Object.entries(claims.privileges).map(([name, length]): [string, number] => [
    name,
    length && issuedAt + length,
  ])
  return {
    service: claims.service,
    channel: inClear('channel', channel ?? roomUuid),
    user: inClear('user', user) ?? inClear('userId', userId ?? userUuid),
    ends: Object.fromEntries(ends),
  }
}

function inClear(kind: HeldName['kind'], text: string | undefined): HeldName | undefined {
  if (text === undefined) return undefined
  const admits = kind === 'user' ? admitsUser : admitsChannel
  return { kind, text, admits: (name) => admits(text, name) }
}

// A token for RTM has its user in the field of the channel, and an empty user; only the privileges tell which it is.
function held006({ channelCrc32, userCrc32, privileges }: DecodedToken006): HeldService[] {
  const { rtmLogin, ...ends } = privileges
  const [channel, user] = [inSum('channel', channelCrc32), inSum('user', userCrc32)]
  const rtc: HeldService = { service: 'rtc', channel, user, ends }
  if (rtmLogin === undefined) return [rtc]
  const caller = inSum('userId', userCrc32 === 0 ? channelCrc32 : -1)
  const rtm: HeldService = {
    service: 'rtm',
    channel: undefined,
    user: caller,
    ends: { login: rtmLogin },
  }
  return Object.keys(ends).length > 0 ? [rtc, rtm] : [rtm]
}

function inSum(kind: HeldName['kind'], checksum: number): HeldName {
  const isIt = (name: string) => crc32(new TextEncoder().encode(name)) === checksum
  const isAny = kind === 'user' && checksum === 0
  return {
    kind,
    text: ['', '*', '0', ...MISSING_VALUES].find(isIt),
    admits: (name) => isAny || isIt(name),
  }
}
