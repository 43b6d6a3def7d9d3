import { type FallibleOperation, stopped, toRenewError } from '../errors.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import type { SessionState } from './session-state.ts'

/**
 * Checks that a session is not over. It can end at any moment, also through a listener of the app that has
 * just been called, so everything that has an effect is preceded by this check.
 *
 * @throws {RenewError} STOPPED
 */
export function checkWanted({ signal }: Pick<SessionState, 'signal'>): void {
  if (signal.aborted) throw stopped()
}

/**
 * Does work for a session, within the time limit of the operation and only while the session lasts.
 *
 * @throws {RenewError} with a code of the operation, or the one that `work` throws; STOPPED when the session
 *   is over
 */
export function perform<T>(
  session: SessionState,
  operation: FallibleOperation,
  work: Parameters<typeof withTimeLimit<T>>[2],
): Promise<T> {
  return withTimeLimit(operation, session, work, session.signal).catch((cause: unknown) => {
    throw toRenewError(cause, operation)
  })
}
