import { checkChannel } from '../checks/checks.ts'
import { type RtcUser, userText } from '../checks/identity.ts'
import {
  STREAMING_PRIVILEGE_IDS,
  type StreamingClaims,
  type StreamingPrivilege,
} from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'
import { checkLives, type PrivilegeLives } from './privilege-lives.ts'

/** The channel to push a stream into, the user, and their privileges. */
export type StreamingOptions = RtcUser & {
  /** 1 to 63 bytes, in the characters of `checkChannel`. */
  readonly channel: string
  readonly privileges: PrivilegeLives<StreamingPrivilege>
}

/** What {@link streaming} returns. */
export type StreamingGrant = StreamingOptions & { readonly service: 'streaming' }

/**
 * Grants the Streaming service (pushing streams). `createToken` checks the options: CHANNEL_INVALID,
 * UID_INVALID, ACCOUNT_INVALID, IDENTITY_AMBIGUOUS, PRIVILEGE_INVALID.
 */
export function streaming(options: StreamingOptions): StreamingGrant {
  return grantOf('streaming', options)
}

/**
 * Turns a grant into claims.
 *
 * @throws {TokenError} CHANNEL_INVALID, UID_INVALID, ACCOUNT_INVALID, IDENTITY_AMBIGUOUS or
 *   PRIVILEGE_INVALID
 */
export function streamingClaims(grant: StreamingGrant, ttl: number): StreamingClaims {
  return {
    service: 'streaming',
    channel: checkChannel(grant.channel),
    user: userText(grant),
    privileges: checkLives(grant.privileges, STREAMING_PRIVILEGE_IDS, ttl),
  }
}
