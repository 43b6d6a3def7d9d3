import { RenewError } from './errors.ts'
import type { TokenGrant } from './token-source.ts'
import type { TokenLife } from './token-life.ts'

/** The SDKs refuse longer ones. */
const MAX_TOKEN_LENGTH = 2047

/**
 * Takes what a source returned as a grant.
 *
 * @throws {RenewError} GRANT_INVALID when it holds no token. Says what arrived, never the text of it.
 */
export function toGrant(answer: unknown): TokenGrant {
  const grant = typeof answer === 'string' ? { token: answer } : answer
  if (!hasToken(grant)) throw invalid(`or { token } expected, got ${describe(answer)}`)
  const { length } = grant.token
  if (length > MAX_TOKEN_LENGTH || !/^00[1-9][\w+/=-]+$/.test(grant.token)) {
    throw invalid(
      `of at most ${MAX_TOKEN_LENGTH} characters expected, got text of ${length} characters`,
    )
  }
  return grant
}

/**
 * Refuses the token in use, and one that ends earlier: an SDK would take it without a word, and the
 * session would still end when the old one does. Once the old one has ended it, any other will do.
 *
 * @throws {RenewError} GRANT_STALE; asks to wait half of what is left, ten minutes at most
 */
export function checkFresh(next: TokenLife, held: TokenLife | undefined, isDead: boolean): void {
  const leftNow = (!isDead && held?.remainingMs()) || 0
  if (next.token !== held?.token && (next.remainingMs() ?? Infinity) >= leftNow) return
  throw new RenewError(
    'GRANT_STALE',
    'a newer token expected, got the same or one that ends earlier',
    {
      retryAfterMs: Math.min(Math.max(5000, leftNow / 2), 600_000),
    },
  )
}

function hasToken(value: unknown): value is TokenGrant {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    typeof value.token === 'string'
  )
}

function invalid(what: string): RenewError {
  return new RenewError('GRANT_INVALID', `token source: a token ${what}`)
}

function describe(value: unknown): string {
  return value === null ? 'null' : `a value of type ${typeof value}`
}
