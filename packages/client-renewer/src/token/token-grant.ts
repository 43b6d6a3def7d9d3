import { RenewError, type RenewErrorCode, type RenewErrorOptions } from '../errors.ts'
import type { TokenGrant } from '../token-source.ts'

/**
 * Reads what a source has returned as a grant.
 *
 * @throws {RenewError} GRANT_INVALID when it contains no token. Says how long the text is, never what it is.
 */
export function toGrant(answer: unknown): TokenGrant {
  // The SDKs refuse longer ones.
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

/**
 * Refuses a grant that says under another name how long it lives: its life would count as not known.
 *
 * @throws {RenewError} GRANT_INVALID
 */
export function checkNames(grant: TokenGrant): void {
  const other = Object.keys(grant).find((name) => /^(expir(?!esAt)|ttl|life|valid)/i.test(name))
  if (other && !grant.expiresIn) throw badGrant('GRANT_INVALID', 'with expiresIn', other)
}

/** The error for a token that a source has returned and that cannot be used. @internal */
export function badGrant(
  code: RenewErrorCode,
  expected: string,
  got: string,
  options?: RenewErrorOptions,
): RenewError {
  return new RenewError(code, `token source: a token ${expected} expected, got ${got}`, options)
}
