import type { ServiceClaims } from '../layout/layouts.ts'
import type { Privileges } from '../wire/privilege-map.ts'

/** What a 007 token says, as it stands in the token. Nothing of it is verified. */
export interface DecodedToken007 {
  readonly version: '007'
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Seconds from `issuedAt`, as written; the service cuts it at 86400. */
  readonly expiresIn: number
  /**
   * Unix seconds: when the service stops honouring the token. The earliest of its own end, its join
   * privileges' end, and 24 hours after issue.
   */
  readonly expiresAt: number
  readonly salt: number
  readonly services: readonly ServiceClaims[]
}

/**
 * What a 006 token says. The channel and the user are not in it, only their checksums: a token can
 * be compared with a channel, but not asked for it.
 */
export interface DecodedToken006 {
  readonly version: '006'
  readonly appId: string
  /** Unix seconds: the end of the token as a whole; builders set it to 24 hours after issue. */
  readonly tokenExpiresAt: number
  /** Unix seconds: the earlier of the token's own end and its join privilege's. */
  readonly expiresAt: number
  readonly salt: number
  readonly channelCrc32: number
  /** 0 when the uid is not checked. */
  readonly userCrc32: number
  /** Moments in unix seconds, 0 meaning the token's own end. */
  readonly privileges: Privileges
}

/** What a token says; `version` tells which of the two layouts. */
export type DecodedToken = DecodedToken007 | DecodedToken006
