import { checkChannel } from '../checks/checks.ts'
import { type RtcUser, userText } from '../checks/identity.ts'
import {
  STREAMING_PRIVILEGE_IDS,
  type StreamingClaims,
  type StreamingPrivilege,
} from '../layout/layouts.ts'
import { grantOf } from './grant-of.ts'
import { checkLives, type PrivilegeLives } from './privilege-lives.ts'

/** The channel a stream may be pushed into, and the user who may push it. */
export type StreamingOptions = RtcUser & {
  /** 1 to 63 bytes of Agora's documented alphabet; no `*`. */
  readonly channel: string
  readonly privileges: PrivilegeLives<StreamingPrivilege>
}

/** A service for `createToken`; made by {@link streaming}. */
export type StreamingGrant = StreamingOptions & { readonly service: 'streaming' }

/** Says what a token grants for the Streaming service. */
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
