import type { ApaasClaims, ChatClaims, RtcClaims, RtmClaims } from '../layout/layouts.ts'
import { accountText, channelText, idText } from './builder-arguments.ts'
import { mayPublish007, rtcPrivileges } from './role.ts'

/** How long each RTC privilege lasts, in seconds from the issue; 0 means as long as the token. */
export interface RtcLives {
  readonly join: number
  readonly audio: number
  readonly video: number
  readonly data: number
}

/** RTC with the privileges of a role, all for the same time. */
export function rtcForRole(channel: string, user: string, role: number, life: number): RtcClaims {
  const privileges = rtcPrivileges(mayPublish007(role), life)
  return { service: 'rtc', channel: channelText(channel), user, privileges }
}

/** RTC with all four privileges, each for its own time. */
export function rtcForLives(channel: string, user: string, lives: RtcLives): RtcClaims {
  const privileges = {
    joinChannel: lives.join,
    publishAudioStream: lives.audio,
    publishVideoStream: lives.video,
    publishDataStream: lives.data,
  }
  return { service: 'rtc', channel: channelText(channel), user, privileges }
}

/** RTC with the privileges of a role, each for its own time. */
export function rtcForRoleAndLives(
  channel: string,
  account: string,
  role: number,
  lives: RtcLives,
): RtcClaims {
  const user = accountText(account)
  if (mayPublish007(role)) return rtcForLives(channel, user, lives)
  return rtcForRole(channel, user, role, lives.join)
}

/** RTM with a login for some seconds. */
export function rtmLogin(userId: string, life: number): RtmClaims {
  return { service: 'rtm', userId: idText(userId, 'userId'), privileges: { login: life } }
}

/** Chat for one user. */
export function chatUser(userId: string, life: number): ChatClaims {
  return { service: 'chat', userId: idText(userId, 'userId'), privileges: { user: life } }
}

/** aPaaS with the given privileges. Role −1 means no role. */
export function apaasClaims(
  roomUuid: string,
  userUuid: string,
  role: number,
  privileges: ApaasClaims['privileges'],
): ApaasClaims {
  return {
    service: 'apaas',
    roomUuid: idText(roomUuid, 'roomUuid'),
    userUuid: idText(userUuid, 'userUuid'),
    role,
    privileges,
  }
}
