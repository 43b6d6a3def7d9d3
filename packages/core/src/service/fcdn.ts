import { checkChannel } from '../checks/checks.ts'
import { type RtcUser, userText } from '../checks/identity.ts'
import { FCDN_PRIVILEGE_IDS, type FcdnClaims, type FcdnPrivilege } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'
import { checkLives, type PrivilegeLives } from './privilege-lives.ts'

/** The channel to publish to or to play over the fusion CDN, the user, and their privileges. */
export type FcdnOptions = RtcUser & {
  /** 1 to 63 bytes, in the characters of `checkChannel`. */
  readonly channel: string
  readonly privileges: PrivilegeLives<FcdnPrivilege>
}

/** What {@link fcdn} returns. */
export type FcdnGrant = FcdnOptions & { readonly service: 'fcdn' }

/**
 * Grants the FCDN service (fusion CDN). `createToken` checks the options: CHANNEL_INVALID, UID_INVALID,
 * ACCOUNT_INVALID, IDENTITY_AMBIGUOUS, PRIVILEGE_INVALID.
 */
export function fcdn(options: FcdnOptions): FcdnGrant {
  return grantOf('fcdn', options)
}

/**
 * Turns a grant into claims.
 *
 * @throws {TokenError} CHANNEL_INVALID, UID_INVALID, ACCOUNT_INVALID, IDENTITY_AMBIGUOUS or
 *   PRIVILEGE_INVALID
 */
export function fcdnClaims(grant: FcdnGrant, ttl: number): FcdnClaims {
  return {
    service: 'fcdn',
    channel: checkChannel(grant.channel),
    user: userText(grant),
    privileges: checkLives(grant.privileges, FCDN_PRIVILEGE_IDS, ttl),
  }
}
