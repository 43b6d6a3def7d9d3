import { noToken } from '@rtc-token/client-renewer/wording'
import { failure, RenewError } from '../errors.ts'
import type { TokenGrant } from '../token-source.ts'

/**
 * Reads the answer of a source as a grant.
 *
 * @throws {RenewError} GRANT_INVALID when it contains no token. The message describes the answer without quoting it.
 */
export function toGrant(answer: unknown): TokenGrant {
  // The SDKs refuse longer tokens.
  const TOKEN = /^00[1-9][\w+/=-]{1,2044}$/
  const grant: TokenGrant = typeof answer === 'string' ? { token: answer } : Object(answer)
  const token: unknown = grant.token
  if (typeof token !== 'string' || !TOKEN.test(token)) {
    throw new RenewError('GRANT_INVALID', noToken(answer))
  }
  // With another name, the lifetime would count as unknown.
  const other = Object.keys(grant).find(
    (name) => name !== 'expiresIn' && /^(expir(?!esAt)|ttl|life|valid)/i.test(name),
  )
  if (other && !grant.expiresIn) throw failure('GRANT_INVALID', other)
  return grant
}
