import { RenewError } from '../errors.ts'
import type { RenewReason } from '../token-source.ts'
import type { SessionState } from './session-state.ts'

/**
 * Refuses to bring back a session that dies again and again, or that the app wants to bring back itself.
 *
 * @throws {RenewError} REJOIN_LIMIT, REJOIN_MANUAL
 */
export function checkRejoin(reason: RenewReason, session: SessionState): void {
  // With tokens that are dead on arrival the client would join and fall out without a pause.
  const MAX_REJOINS = 5
  const WINDOW_MS = 120_000
  if (session.clock.elapsed() - (session.rejoins[MAX_REJOINS - 1] ?? -Infinity) < WINDOW_MS) {
    throw new RenewError('REJOIN_LIMIT', 'the token has ended the session after each of 5 rejoins')
  }
  if (session.rejoin === 'manual' && reason !== 'manual') {
    throw new RenewError('REJOIN_MANUAL', 'the token has ended the session: call renew()')
  }
}
