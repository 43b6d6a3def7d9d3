import { RenewError, type RenewErrorCode, type RenewErrorOptions } from '../errors.ts'
import type { TokenGrant } from '../token-source.ts'

/**
 * Takes what a source returned as a grant.
 *
 * @throws {RenewError} GRANT_INVALID when it holds no token. Says what arrived, never the text of it.
 */
export function toGrant(answer: unknown): TokenGrant {
  // The SDKs refuse one that is longer.
  const TOKEN = /^00[1-9][\w+/=-]{1,2044}$/
  const grant: TokenGrant = typeof answer === 'string' ? { token: answer } : Object(answer)
  const token: string | undefined = grant.token
  if (typeof token === 'string' && TOKEN.test(token)) return grant
  throw badGrant(
    'GRANT_INVALID',
    'of at most 2047 characters',
    `${token?.length ?? 'no'} characters`,
  )
}

/** What is wrong with a token that a source returned. @internal */
export function badGrant(
  code: RenewErrorCode,
  expected: string,
  got: string,
  options?: RenewErrorOptions,
): RenewError {
  return new RenewError(code, `token source: a token ${expected} expected, got ${got}`, options)
}
