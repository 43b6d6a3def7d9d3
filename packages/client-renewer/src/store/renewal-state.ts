import type { RenewError } from '../errors.ts'
import type { Phase } from '../events.ts'
import type { Renewer } from '../renewer.ts'
import type { EndCause } from '../session-adapter.ts'

/** The state of a renewer. */
export interface RenewalState {
  readonly phase: Phase
  /** The last error, until a renewal succeeds. While `phase` is `waiting`, the renewer will try again by itself. */
  readonly error: RenewError | undefined
  /** Why the session is over; set while `phase` is `stopped`. */
  readonly endCause: EndCause | undefined
}

/** Returns the state of a renewer before its first event. @internal */
export function firstState({ phase }: Renewer): RenewalState {
  return { phase, error: undefined, endCause: undefined }
}

/** Calls `tell` with each change of a renewer's state, until the renewer is disposed. @internal */
export function watchState(renewer: Renewer, tell: (change: Partial<RenewalState>) => void): void {
  renewer.on('phase', () => {
    // Not the event's phase: an earlier listener may have changed it, and that event has been handled by now.
    const { phase } = renewer
    const isFresh = phase === 'fresh' && { error: undefined }
    tell({ phase, ...isFresh, ...(phase !== 'stopped' && { endCause: undefined }) })
    if (phase === 'joining') followJoin()
  })
  renewer.on('retry', ({ error }) => tell({ error }))
  renewer.on('failed', (error) => tell({ error }))
  renewer.on('stopped', (endCause) => renewer.phase === 'stopped' && tell({ endCause }))
  if (renewer.phase === 'joining') followJoin()

  // No event tells of a join that failed. While one is in progress, another call returns the same promise.
  function followJoin(): void {
    renewer.join().catch((error: RenewError) => error.code === 'STOPPED' || tell({ error }))
  }
}
