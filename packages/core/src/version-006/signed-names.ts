import { ByteWriter } from '../wire/byte-writer.ts'

/**
 * Begins what a 006 token is signed for; its message follows. The channel and the user are not in the
 * token, only their checksums.
 *
 * @param user - decimal uid or user account; empty when the uid is not checked
 * @throws {TokenError} CLAIM_INVALID for half a surrogate pair
 */
export function writeSignedNames(appId: string, channel: string, user: string): ByteWriter {
  return new ByteWriter().rawText(appId, 'App ID').rawText(channel, 'channel').rawText(user, 'user')
}
