import type { RenewError } from '../errors.ts'
import type { Phase } from '../events.ts'
import type { Renewer } from '../renewer.ts'
import type { EndCause } from '../session-adapter.ts'

/** What a renewer is doing. */
export interface RenewalState {
  readonly phase: Phase
  /** The last error, until a renewal succeeds. While `phase` is `waiting`, the renewer tries again by itself. */
  readonly error: RenewError | undefined
  /** Why the session is over, while `phase` is `stopped`. */
  readonly endCause: EndCause | undefined
}

/** The state of a renewer of which no event is known yet. @internal */
export function firstState({ phase }: Renewer): RenewalState {
  return { phase, error: undefined, endCause: undefined }
}

/** Tells each change of the state of a renewer, until the renewer is disposed. @internal */
export function watchState(renewer: Renewer, tell: (change: Partial<RenewalState>) => void): void {
  renewer.on('phase', () => {
    // Not the phase that is told: a listener that was called before may have acted, and what followed is told.
    const { phase } = renewer
    const isFresh = phase === 'fresh' && { error: undefined }
    tell({ phase, ...isFresh, ...(phase !== 'stopped' && { endCause: undefined }) })
  })
  renewer.on('retry', ({ error }) => tell({ error }))
  renewer.on('failed', (error) => tell({ error }))
  renewer.on('stopped', (endCause) => renewer.phase === 'stopped' && tell({ endCause }))
}
