// Keys before 003 have no version prefix. They are hexadecimal digits: signature, App ID, time, salt; in 002
// also uid and expiry time, in decimal. This form is tried first, because a signature can start like any
// version. So can an App ID: 32 digits are not taken for a key.
const OLDER_KEY = /^(?:[\da-f]{90}(\d{20})?$|(00[1-5])(?![\da-f]{29}$)|(1:)[\da-f]{32}:)/i

/**
 * Names a key older than version 006: a dynamic key of version 001 to 005, whole or cut off, or a signaling token.
 * Returns `undefined` for any other string. The name repeats no part of the string.
 *
 * @internal
 */
export function nameOfOlderKey(text: string): string | undefined {
  const found = OLDER_KEY.exec(text)
  if (!found) return undefined
  const [, uidAndEnd, version = uidAndEnd ? '002' : '001', isSignaling] = found
  return isSignaling ? 'a signaling token' : `a dynamic key of version ${version}`
}
