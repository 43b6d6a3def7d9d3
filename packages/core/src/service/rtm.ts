import { checkUserId } from '../checks/checks.ts'
import type { RtmClaims } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'

/** Who may log in to messaging. */
export interface RtmOptions {
  /** 1 to 64 bytes of Agora's documented alphabet. */
  readonly userId: string
}

/** A service for `createToken`; made by {@link rtm}. */
export type RtmGrant = RtmOptions & { readonly service: 'rtm' }

/** Says who may log in to the RTM service (messaging) for as long as the token lives. */
export function rtm(options: RtmOptions): RtmGrant {
  return grantOf('rtm', options)
}

/** Turns a grant into claims. @throws {TokenError} USER_ID_INVALID */
export function rtmClaims({ userId }: RtmGrant, ttl: number): RtmClaims {
  return { service: 'rtm', userId: checkUserId(userId), privileges: { login: ttl } }
}
