import type { Role } from '../contract.ts'
import { TokenError } from '../errors.ts'
import { checkChannel, describe } from '../checks/checks.ts'
import { type RtcUser, userText } from '../checks/identity.ts'
import { RTC_PRIVILEGE_IDS, type RtcClaims, type RtcPrivilege } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'
import { checkLives, type PrivilegeLives } from './privilege-lives.ts'

/** The channel to join, the user, and either a role or single privileges. */
export type RtcOptions = RtcUser & {
  /** 1 to 63 bytes, in the characters of `checkChannel`. */
  readonly channel: string
} & (
    | {
        /** A publisher may publish audio, video and data; a subscriber may only join. */
        readonly role: Role
        readonly privileges?: never
      }
    | { readonly privileges: PrivilegeLives<RtcPrivilege>; readonly role?: never }
  )

/** What {@link rtc} returns. */
export type RtcGrant = RtcOptions & { readonly service: 'rtc' }

/**
 * Grants the RTC service (video and voice calls). `createToken` checks the options: CHANNEL_INVALID,
 * UID_INVALID, ACCOUNT_INVALID, IDENTITY_AMBIGUOUS, ROLE_UNKNOWN, PRIVILEGE_INVALID.
 *
 * @example
 * ```ts
 * rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })
 * rtc({ channel: 'room-42', account: 'alice', privileges: { joinChannel: 3600 } })
 * ```
 */
export function rtc(options: RtcOptions): RtcGrant {
  return grantOf('rtc', options)
}

/**
 * Turns a grant into claims with privileges in seconds.
 *
 * @throws {TokenError} CHANNEL_INVALID, UID_INVALID, ACCOUNT_INVALID, IDENTITY_AMBIGUOUS,
 *   ROLE_UNKNOWN or PRIVILEGE_INVALID
 */
export function rtcClaims(grant: RtcGrant, ttl: number): RtcClaims {
  const { channel, role, privileges } = grant
  return {
    service: 'rtc',
    channel: checkChannel(channel),
    user: userText(grant),
    privileges:
      privileges === undefined
        ? roleLives(role, ttl)
        : checkLives(privileges, RTC_PRIVILEGE_IDS, ttl),
  }
}

/** The role table of the reference builders: a publisher gets all four privileges, a subscriber may join. */
function roleLives(role: unknown, ttl: number): PrivilegeLives<RtcPrivilege> {
  if (role === 'subscriber') return { joinChannel: ttl }
  if (role === 'publisher') {
    return {
      joinChannel: ttl,
      publishAudioStream: ttl,
      publishVideoStream: ttl,
      publishDataStream: ttl,
    }
  }
  const got = role === '' || typeof role !== 'string' ? describe(role) : 'another string'
  throw new TokenError('ROLE_UNKNOWN', `role: 'publisher' or 'subscriber' expected, got ${got}`)
}
