import { RenewError } from './errors.ts'
import type { TokenGrant } from './token-source.ts'

/**
 * Takes what a source returned as a grant.
 *
 * @throws {RenewError} GRANT_INVALID when it holds no token. Says what arrived, never the text of it.
 */
export function toGrant(answer: unknown): TokenGrant {
  // The SDKs refuse one that is longer.
  const TOKEN = /^00[1-9][\w+/=-]{1,2044}$/
  const grant: TokenGrant = typeof answer === 'string' ? { token: answer } : Object(answer)
  const token: unknown = grant.token
  if (typeof token === 'string' && TOKEN.test(token)) return grant
  const got = typeof token === 'string' ? `${token.length} characters` : typeof answer
  throw invalidGrant(`a token of at most 2047 characters expected, got ${got}`)
}

/** @internal */
export function invalidGrant(what: string): RenewError {
  return new RenewError('GRANT_INVALID', `token source: ${what}`)
}
