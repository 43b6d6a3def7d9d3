import { type FallibleOperation, stopped, toRenewError } from '../errors.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import type { SessionState } from './session-state.ts'

/**
 * Checks that a session is not over. It can end at any time, even through a listener that has just been called, so
 * this check precedes everything that has an effect.
 *
 * @throws {RenewError} STOPPED
 */
export function checkWanted({ signal }: Pick<SessionState, 'signal'>): void {
  if (signal.aborted) throw stopped()
}

/**
 * Does work for a session, within the time limit of the operation and only while the session lasts.
 *
 * @throws {RenewError} with a code of the operation, or the error of `work`; STOPPED when the session is over
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
