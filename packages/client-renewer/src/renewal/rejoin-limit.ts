import { RenewError } from '../errors.ts'
import type { Settings } from '../renewer-options.ts'
import type { Session } from './session-state.ts'
import type { RenewReason } from '../token-source.ts'

/**
 * Refuses to bring back what dies again and again, or what the app wants to bring back itself.
 *
 * @throws {RenewError} REJOIN_LIMIT, REJOIN_MANUAL
 */
export function checkRejoin(reason: RenewReason, session: Session, settings: Settings): void {
  // Tokens that are dead on arrival would have the client join and fall out without a pause.
  const MAX_REJOINS = 5
  const WINDOW_MS = 120_000
  if (settings.clock.elapsed() - (session.rejoins[MAX_REJOINS - 1] ?? -Infinity) < WINDOW_MS) {
    throw new RenewError('REJOIN_LIMIT', 'the token has ended the session after each of 5 rejoins')
  }
  if (settings.rejoin === 'manual' && reason !== 'manual') {
    throw new RenewError('REJOIN_MANUAL', 'the token has ended the session; renew() brings it back')
  }
}
