import { stopwatch } from '../environment/clock.ts'
import { type TokenLife, tokenLife } from '../token/token-life.ts'
import { perform } from './perform.ts'
import type { SessionState } from './session-state.ts'

/**
 * Requests a token from the source and checks the answer. Its lifetime counts from before the request, so that it
 * expires too early rather than too late.
 *
 * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, GRANT_SCOPE, STOPPED
 */
export async function fetchToken(session: SessionState, attempt: number): Promise<TokenLife> {
  const reason = session.reason!
  session.emit('fetching', { reason, attempt })
  const ageMs = stopwatch(session.clock)
  const { isExpired, life } = session
  const scope = session.adapter.scope()
  const request = { reason, scope, attempt, previousToken: life?.token, isExpired }
  const ask = (signal: AbortSignal) => session.source({ ...request, signal })
  const answer = await perform(session, 'SOURCE', ask)
  return tokenLife(answer, ageMs, session, scope, reason)
}
