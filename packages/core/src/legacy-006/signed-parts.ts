import { ByteWriter } from '../wire/byte-writer.ts'
import { crc32 } from './crc32.ts'

/** What a 006 token is signed for: the channel and the user are not in it, only their checksums. */
export interface SignedParts {
  readonly signedBytes: Uint8Array
  readonly channelCrc32: number
  readonly userCrc32: number
}

/**
 * Lays out what a 006 token is signed for.
 *
 * @param user - decimal uid or user account; empty when the uid is not checked
 */
export function layOutSignedParts(
  appId: string,
  channel: string,
  user: string,
  message: Uint8Array,
): SignedParts {
  const writer = new ByteWriter().rawText(appId, 'App ID')
  const channelStart = writer.length
  const userStart = writer.rawText(channel, 'channel').length
  const userEnd = writer.rawText(user, 'user').length
  const signedBytes = writer.raw(message).written()
  return {
    signedBytes,
    channelCrc32: crc32(signedBytes.subarray(channelStart, userStart)),
    userCrc32: crc32(signedBytes.subarray(userStart, userEnd)),
  }
}
