import { withTimeLimit } from '../timing/time-limit.ts'
import type { SessionState } from './session-state.ts'

/**
 * Publishes again what a rejoined session had published, one track after the other and each within its
 * time limit: one that fails or hangs does not cost the others. Tells the app how it went.
 *
 * @param signal - aborted when the session ends, or is ended by its token again
 */
export async function republish(session: SessionState, signal: AbortSignal): Promise<void> {
  const publications = signal.aborted ? [] : session.adapter.republish()
  const failures: unknown[] = []
  for (const publish of publications) {
    const done = withTimeLimit('PUBLISH', session, publish, signal)
    await done.catch((error: unknown) => failures.push(error))
  }
  if (publications.length === 0 || signal.aborted) return
  session.emit('republished', { published: publications.length - failures.length, failures })
}
