import { checkUserId } from '../checks/checks.ts'
import type { RtmClaims } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'

/** The user to admit to messaging. */
export interface RtmOptions {
  /** 1 to 64 bytes, in the characters of `checkChannel`. */
  readonly userId: string
}

/** What {@link rtm} returns. */
export type RtmGrant = RtmOptions & { readonly service: 'rtm' }

/**
 * Grants the RTM service (messaging, also called Signaling) to one user, for as long as the token lasts.
 * `createToken` checks the user id: USER_ID_INVALID.
 */
export function rtm(options: RtmOptions): RtmGrant {
  return grantOf('rtm', options)
}

/** Turns a grant into claims. @throws {TokenError} USER_ID_INVALID */
export function rtmClaims({ userId }: RtmGrant, ttl: number): RtmClaims {
  return { service: 'rtm', userId: checkUserId(userId), privileges: { login: ttl } }
}
