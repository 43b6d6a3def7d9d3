import { malformed } from '../errors.ts'
import type { ByteReader } from '../wire/byte-reader.ts'

const LENGTH_BYTES = 2
/** How many bytes a signature has. */
export const SIGNATURE_LENGTH = 32
/** Where it stands in the content of a token, of 006 and 007. */
export const SIGNATURE_START: number = LENGTH_BYTES
/** Where it ends. */
export const SIGNATURE_END: number = SIGNATURE_START + SIGNATURE_LENGTH

/** Passes over the signature, with which every token begins. @throws {TokenError} TOKEN_MALFORMED */
export function skipSignature(content: ByteReader): void {
  if (content.u16('signature') !== SIGNATURE_LENGTH) throw malformed('signature: 32 bytes expected')
  content.skip(SIGNATURE_LENGTH, 'signature')
}
