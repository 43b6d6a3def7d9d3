import { badGrant } from '../token/token-grant.ts'
import { remainingMs, type TokenLife } from '../token/token-life.ts'
import type { SessionState } from './session-state.ts'

/**
 * Refuses the token in use, and one that ends earlier: an SDK would take it without a word, and the
 * session would still end when the old one does. Once the old one has ended it, any other will do.
 *
 * @throws {RenewError} GRANT_STALE; asks to wait half of what is left, ten minutes at most
 */
export function checkFresh(next: TokenLife, { life, isExpired }: SessionState): void {
  const leftMs = (!isExpired && remainingMs(life)) || 0
  if (next.token !== life?.token && (remainingMs(next) ?? Infinity) >= leftMs) return
  const retryAfterMs = Math.min(Math.max(5000, leftMs / 2), 600_000)
  throw badGrant('GRANT_STALE', 'that lives longer', 'the same or an older', { retryAfterMs })
}
