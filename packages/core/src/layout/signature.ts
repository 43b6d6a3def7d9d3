import { malformed } from '../errors.ts'
import type { ByteReader } from '../wire/byte-reader.ts'

const LENGTH_BYTES = 2
/** The number of bytes in a signature. */
export const SIGNATURE_LENGTH = 32
/** Where it starts in the content of a token, in 006 and 007. */
export const SIGNATURE_START: number = LENGTH_BYTES
/** Where it ends. */
export const SIGNATURE_END: number = SIGNATURE_START + SIGNATURE_LENGTH

/** Skips the signature, with which every token starts. @throws {TokenError} TOKEN_MALFORMED */
export function skipSignature(content: ByteReader): void {
  if (content.u16('signature') !== SIGNATURE_LENGTH) throw malformed('signature: 32 bytes expected')
  content.skip(SIGNATURE_LENGTH, 'signature')
}
