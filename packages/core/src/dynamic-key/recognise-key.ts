// Before 003 a key has no version in front. It is hexadecimal digits: signature, App ID, time, salt;
// in 002 also uid and end, in decimal. This form is tried first, as a signature may begin like any
// version; so may an App ID, so 32 digits are not taken for a key.
const OLDER_KEY = /^(?:[\da-f]{90}(\d{20})?$|(00[1-5])(?![\da-f]{29}$)|(1:)[\da-f]{32}:)/i

/**
 * Says in words what a text from before version 006 is: a dynamic key of version 001 to 005, whole or
 * cut off, or a token of the signaling service. `undefined` for any other string; the answer repeats no part of it.
 *
 * @internal
 */
export function nameOfOlderKey(text: string): string | undefined {
  const found = OLDER_KEY.exec(text)
  if (!found) return undefined
  const [, uidAndEnd, version = uidAndEnd ? '002' : '001', isSignaling] = found
  return isSignaling ? 'a signaling token' : `a dynamic key of version ${version}`
}
