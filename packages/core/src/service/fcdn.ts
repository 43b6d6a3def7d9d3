import { checkChannel } from '../checks/checks.ts'
import { type RtcUser, userText } from '../checks/identity.ts'
import { FCDN_PRIVILEGE_IDS, type FcdnClaims, type FcdnPrivilege } from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'
import { checkLives, type PrivilegeLives } from './privilege-lives.ts'

/** Which channel may be published to or played over the fusion CDN, and which user may. */
export type FcdnOptions = RtcUser & {
  /** 1 to 63 bytes of Agora's documented alphabet; no `*`. */
  readonly channel: string
  readonly privileges: PrivilegeLives<FcdnPrivilege>
}

/** A service for `createToken`; made by {@link fcdn}. */
export type FcdnGrant = FcdnOptions & { readonly service: 'fcdn' }

/** Says what a token grants for the FCDN service. */
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
