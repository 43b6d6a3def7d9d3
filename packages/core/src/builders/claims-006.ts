import type { Claims006 } from '../version-006/encode-006.ts'
import { rtcPrivileges } from './role.ts'

/** What a 006 builder sets. */
export type BuilderClaims006 = Pick<Claims006, 'channel' | 'user' | 'privileges'>

/** RTC: all granted privileges expire at the same time, in Unix seconds; 0 means as long as the token. */
export function rtcClaims006(
  channel: string,
  user: string,
  mayPublish: boolean,
  expiredTs: number,
): BuilderClaims006 {
  return { channel, user, privileges: rtcPrivileges(mayPublish, expiredTs) }
}

/** RTM: the account takes the field of the channel, and the field of the user is empty. */
export function rtmClaims006(account: string, expiredTs: number): BuilderClaims006 {
  return { channel: account, user: '', privileges: { rtmLogin: expiredTs } }
}
