import { describe } from '../checks/checks.ts'
import { TokenError } from '../errors.ts'
import type { Privileges } from '../wire/privilege-map.ts'

/**
 * The roles of the RTC builders. Attendee and Admin are deprecated: in 006 they may publish, in 007 they may
 * only join.
 */
export const RtcRole: Readonly<Record<'ATTENDEE' | 'PUBLISHER' | 'SUBSCRIBER' | 'ADMIN', number>> =
  {
    ATTENDEE: 0,
    PUBLISHER: 1,
    SUBSCRIBER: 2,
    ADMIN: 101,
  }

/** The one role of the 006 RTM builder, which ignores it. */
export const RtmRole: Readonly<Record<'Rtm_User', number>> = { Rtm_User: 1 }

/**
 * Checks whether a role may publish in 006. Agora's Java and Ruby builders mix up Attendee and Subscriber; this
 * function follows all the others.
 *
 * @throws {TokenError} ROLE_UNKNOWN when it is not an integer
 */
export function mayPublish006(role: unknown): boolean {
  const { ATTENDEE, PUBLISHER, ADMIN } = RtcRole
  return [ATTENDEE, PUBLISHER, ADMIN].includes(checkRole(role))
}

/** Checks whether a role may publish in 007. @throws {TokenError} ROLE_UNKNOWN when it is not an integer */
export function mayPublish007(role: unknown): boolean {
  return checkRole(role) === RtcRole.PUBLISHER
}

function checkRole(role: unknown): number {
  if (typeof role === 'number' && Number.isInteger(role)) return role
  throw new TokenError('ROLE_UNKNOWN', `role: an integer expected, got ${describe(role)}`)
}

/** Returns the privileges for joining and, if granted, publishing, all with the same value. */
export function rtcPrivileges(mayPublish: boolean, value: number): Privileges {
  if (!mayPublish) return { joinChannel: value }
  return {
    joinChannel: value,
    publishAudioStream: value,
    publishVideoStream: value,
    publishDataStream: value,
  }
}
