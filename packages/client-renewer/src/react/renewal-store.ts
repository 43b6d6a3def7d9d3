import { isRenewError, RenewError } from '../errors.ts'
import type { Phase } from '../events.ts'
import type { Renewer } from '../renewer.ts'
import type { EndCause } from '../session-adapter.ts'
import type { TokenGrant } from '../token-source.ts'

/** How a session's tokens stand. */
export interface TokenRenewal {
  readonly phase: Phase
  /** What went wrong last, until a renewal works. While `phase` is `waiting`, the renewer goes on by itself. */
  readonly error: RenewError | undefined
  /** Why the session is over, while `phase` is `stopped`. */
  readonly endCause: EndCause | undefined
  /** How long the token in use lives on, in milliseconds, at the moment of reading. It causes no render. */
  readonly remainingMs: number | undefined
  /** For `renew`, `leave` and further events. Undefined on a server, and until the component is mounted. */
  readonly renewer: Renewer | undefined
}

type State = Omit<TokenRenewal, 'remainingMs'>

/** @internal */
export const IDLE: TokenRenewal = snapshotOf({
  phase: 'idle',
  error: undefined,
  endCause: undefined,
  renewer: undefined,
})

/** What React shows of one renewer at a time, and that renewer's life. @internal */
export class RenewalStore {
  readonly #listeners = new Set<() => void>()
  #snapshot = IDLE
  #adapter: object | undefined
  #close: (renewer: Renewer) => void = () => {}
  #isWanted = false

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly read = (): TokenRenewal => this.#snapshot

  /**
   * Has a renewer for this adapter until the returned function is called, and a moment longer: React
   * unmounts and mounts again at once, in development always, and the session must not notice.
   *
   * @param open - makes the renewer
   * @param close - lets go of it
   */
  hold(adapter: object, open: () => Renewer, close: (renewer: Renewer) => void): () => void {
    if (this.#adapter !== adapter) {
      this.#letGo()
      this.#show(open())
    }
    this.#adapter = adapter
    this.#close = close
    this.#isWanted = true
    return () => {
      this.#isWanted = false
      void Promise.resolve().then(() => this.#isWanted || this.#letGo())
    }
  }

  /** Takes over a session that the app has joined, unless the renewer has one. */
  start(first: string | TokenGrant | undefined): void {
    const { renewer } = this.#snapshot
    if (renewer?.phase !== 'idle' && renewer?.phase !== 'stopped') return
    try {
      renewer.start(first)
    } catch (error) {
      this.#fail(renewer, error)
    }
  }

  /** Joins; what goes wrong is shown. */
  join(): void {
    const { renewer } = this.#snapshot
    if (renewer?.phase === 'idle')
      renewer.join().catch((error: unknown) => this.#fail(renewer, error))
  }

  #show(renewer: Renewer): void {
    this.#set({ phase: renewer.phase, error: undefined, endCause: undefined, renewer })
    renewer.on('phase', (phase) => this.#set({ phase, ...(phase === 'fresh' && ALL_IS_WELL) }))
    renewer.on('retry', ({ error }) => this.#set({ error }))
    renewer.on('failed', (error) => this.#set({ error }))
    renewer.on('stopped', (endCause) => this.#set({ endCause }))
  }

  #letGo(): void {
    const { renewer } = this.#snapshot
    this.#adapter = undefined
    if (!renewer) return
    this.#close(renewer)
    this.#set(IDLE)
  }

  #fail(renewer: Renewer, cause: unknown): void {
    const error = isRenewError(cause)
      ? cause
      : new RenewError('JOIN_FAILED', 'see cause', { cause })
    if (this.#snapshot.renewer === renewer) this.#set({ error })
  }

  #set(change: Partial<State>): void {
    const { phase, error, endCause, renewer } = this.#snapshot
    this.#snapshot = snapshotOf({ phase, error, endCause, renewer, ...change })
    for (const listener of this.#listeners) listener()
  }
}

const ALL_IS_WELL = { error: undefined, endCause: undefined }

function snapshotOf(state: State): TokenRenewal {
  return {
    ...state,
    get remainingMs() {
      return state.renewer?.remainingMs
    },
  }
}
