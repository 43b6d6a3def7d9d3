import type { Privileges } from '../wire/privilege-map.ts'

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
  /** Unix timestamps in seconds, 0 meaning the token's own end. */
  readonly privileges: Privileges
}

/** When the service stops honouring a 006 token, in Unix seconds. */
export function effectiveEnd006(tokenExpiresAt: number, privileges: Privileges): number {
  const own = privileges['joinChannel'] || privileges['rtmLogin'] || tokenExpiresAt
  return Math.min(tokenExpiresAt, own)
}
