import type { Claims006 } from '../version-006/encode-006.ts'
import { rtcPrivileges } from './role.ts'

/** What a builder of 006 decides. */
export type BuilderClaims006 = Pick<Claims006, 'channel' | 'user' | 'privileges'>

/** RTC: every granted privilege ends at the same time, in Unix seconds; 0 is the token's end. */
export function rtcClaims006(
  channel: string,
  user: string,
  mayPublish: boolean,
  expiredTs: number,
): BuilderClaims006 {
  return { channel, user, privileges: rtcPrivileges(mayPublish, expiredTs) }
}

/** RTM: the account stands where RTC has its channel, and there is no user. */
export function rtmClaims006(account: string, expiredTs: number): BuilderClaims006 {
  return { channel: account, user: '', privileges: { rtmLogin: expiredTs } }
}
