import { malformed, type TokenError } from '../errors.ts'

/** The error about bits that no deflate encoder writes. Which rule they break helps nobody. @internal */
export function damagedBlock(): TokenError {
  return malformed('zlib: a damaged block')
}
