import {
  channelMismatch,
  checkWindow,
  type Expected,
  findSigner,
  type SignedBy,
  userMismatch,
} from '../checks/verify-expectations.ts'
import { sign006 } from '../crypto/sign-token.ts'
import { TokenError } from '../errors.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import { crc32OfText, writeSignedNames } from './signed-names.ts'
import type { ParsedToken006 } from './decode-006.ts'
import type { DecodedToken006 } from './decoded-token-006.ts'

/**
 * Verifies a 006 token that was taken apart: channel, user, signature, time window, in this order.
 *
 * @throws {TokenError} EXPECTATION_MISSING, CHANNEL_MISMATCH, USER_MISMATCH, SIGNATURE_INVALID,
 *   TOKEN_EXPIRED or EXPECTATION_INVALID
 */
export function verify006(
  { claims, signature, message }: ParsedToken006,
  expected: Expected,
): DecodedToken006 & SignedBy {
  const writer = writeSigned(claims, message, expected)
  const certificateIndex = findSigner(expected, signature, (certificate) =>
    sign006(certificate, writer.memory, 0, writer.length),
  )
  writer.release()
  checkWindow(0, claims.expiresAt, expected)
  return { certificateIndex, ...claims }
}

// Without this look at the privileges a token for the user `room-42` of RTM would be one for the channel
// `room-42` and any user in it, and the other way round.
function checkPurpose(claims: DecodedToken006, userId: string | undefined): void {
  const { privileges, userCrc32 } = claims
  const isForRtm = 'rtmLogin' in privileges
  if (userId !== undefined && !isForRtm) throw userMismatch()
  const isForCalls = !isForRtm || 'joinChannel' in privileges || userCrc32 !== 0
  if (userId === undefined && !isForCalls) throw channelMismatch()
}

/**
 * Writes what a 006 token must have been signed for. A token for RTM has its user where others have their
 * channel, and no user.
 */
function writeSigned(
  claims: DecodedToken006,
  message: Uint8Array,
  { user, given: { channel, userId } }: Expected,
): ByteWriter {
  if (userId === undefined && (channel === undefined || user === undefined)) {
    throw new TokenError(
      'EXPECTATION_MISSING',
      'channel, and uid or account, expected: a 006 token cannot be verified without them',
    )
  }
  checkPurpose(claims, userId)
  const place = userId ?? channel!
  const person = userId !== undefined || claims.userCrc32 === 0 ? '' : user!
  const writer = writeSignedNames(claims.appId, place, person).raw(message)
  if (crc32OfText(place) !== claims.channelCrc32) {
    throw userId === undefined ? channelMismatch() : userMismatch()
  }
  if (crc32OfText(person) !== claims.userCrc32) throw userMismatch()
  return writer
}
