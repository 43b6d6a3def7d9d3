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
  renewer.on('phase', (phase) => tell({ phase, ...(phase === 'fresh' && ALL_IS_WELL) }))
  renewer.on('retry', ({ error }) => tell({ error }))
  renewer.on('failed', (error) => tell({ error }))
  renewer.on('stopped', (endCause) => tell({ endCause }))
}

const ALL_IS_WELL = { error: undefined, endCause: undefined }
