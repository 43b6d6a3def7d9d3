import { type Failing, stopped, toRenewError } from '../errors.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import type { SessionState } from './session-state.ts'

/**
 * Refuses to go on for a session that is over. It can end at any moment, also by a listener of the app
 * that has just been called: everything that has an effect checks this first.
 *
 * @throws {RenewError} STOPPED
 */
export function checkWanted({ signal }: SessionState): void {
  if (signal.aborted) throw stopped()
}

/**
 * Does a piece of work for a session: within its time limit, and no longer than the session lasts.
 *
 * @throws {RenewError} with a code of `deed`, or as `work` throws it; STOPPED when the session is over
 */
export function perform<T>(
  session: SessionState,
  deed: Failing,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  return withTimeLimit(deed, session, work, session.signal).catch((cause: unknown) => {
    throw toRenewError(cause, deed)
  })
}
