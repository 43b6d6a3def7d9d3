import type { Privileges } from '../wire/privilege-map.ts'

/**
 * The contents of a 006 token, unverified. The token holds only checksums of its channel and its user: you
 * can compare it with a channel, but not read the channel from it.
 */
export interface DecodedToken006 {
  readonly version: '006'
  readonly appId: string
  /** Unix seconds: when the token itself expires. Builders write 24 hours after issue. */
  readonly tokenExpiresAt: number
  /** Unix seconds: when Agora stops accepting it, at `tokenExpiresAt` or when joining (or the RTM login) expires. */
  readonly expiresAt: number
  readonly salt: number
  /** CRC-32 of the channel; in a token for RTM, of the user id. */
  readonly channelCrc32: number
  /** CRC-32 of the uid in decimal or the account; 0 in a token for any user and in one for RTM. */
  readonly userCrc32: number
  /** Unix timestamps in seconds; 0 means as long as the token. */
  readonly privileges: Privileges
}

/** Returns when Agora stops accepting a 006 token, in Unix seconds. */
export function effectiveEnd006(tokenExpiresAt: number, privileges: Privileges): number {
  const own = privileges['joinChannel'] || privileges['rtmLogin'] || tokenExpiresAt
  return Math.min(tokenExpiresAt, own)
}
