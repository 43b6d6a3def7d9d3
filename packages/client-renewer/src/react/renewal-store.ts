import { toRenewError } from '../errors.ts'
import type { Renewer } from '../renewer.ts'
import { firstState, type RenewalState, watchState } from '../store/renewal-state.ts'
import type { TokenGrant } from '../token-source.ts'

/** What `useTokenRenewal` returns. */
export interface TokenRenewal extends RenewalState {
  /** Milliseconds until the current token expires, at the time you read it. A change causes no render. */
  readonly remainingMs: number | undefined
  /** For `renew`, `leave` and other events. `undefined` on a server and before the component is mounted. */
  readonly renewer: Renewer | undefined
}

type State = Omit<TokenRenewal, 'remainingMs'>

/** The state without a renewer. @internal */
export const IDLE: TokenRenewal = snapshotOf({
  phase: 'idle',
  error: undefined,
  endCause: undefined,
  renewer: undefined,
})

/** Creates one renewer at a time, and keeps its state for React. @internal */
export class RenewalStore {
  readonly #listeners = new Set<() => void>()
  #snapshot = IDLE
  #adapter: object | undefined
  #mustLeave = (): boolean => false
  #hasJoined = false
  #isWanted = false
  /** How many renders in a row have had another adapter. */
  #changes = 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly read = (): TokenRenewal => this.#snapshot

  /**
   * Keeps a renewer for this adapter until the returned function is called, and one microtask longer: React may
   * unmount a component and mount it again at once, as it always does in development, and that must not affect
   * the session.
   *
   * @param open - creates the renewer
   * @param joins - whether `join` will be called; if not, a session that it joined is left
   * @param mustLeave - whether to leave in any case when the renewer is released
   */
  hold(adapter: object, open: () => Renewer, joins: boolean, mustLeave: () => boolean): () => void {
    if (this.#adapter !== adapter) this.#countChange()
    if (this.#adapter !== adapter || (this.#hasJoined && !joins)) {
      this.#letGo()
      this.#show(open())
    }
    this.#adapter = adapter
    this.#mustLeave = mustLeave
    this.#isWanted = true
    return () => {
      this.#isWanted = false
      void Promise.resolve().then(() => this.#isWanted || this.#letGo())
    }
  }

  /** Records the adapter of a committed render. */
  note(adapter: object | undefined): void {
    if (adapter === this.#adapter) this.#changes = 0
  }

  // Each change renders the component again: a new adapter in every render would go on for ever.
  #countChange(): void {
    if (++this.#changes <= MOST_CHANGES) return
    this.#changes = 0
    throw new TypeError('adapter: the same one at each render expected: make it in useMemo')
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

  /** Joins. A failure becomes part of the state. */
  join(): void {
    const { renewer } = this.#snapshot
    if (renewer?.phase !== 'idle') return
    this.#hasJoined = true
    renewer.join().catch((error: unknown) => this.#fail(renewer, error))
  }

  #show(renewer: Renewer): void {
    this.#set({ ...firstState(renewer), renewer })
    watchState(renewer, (change) => this.#set(change))
  }

  #letGo(): void {
    const { renewer } = this.#snapshot
    const leaves = this.#hasJoined || this.#mustLeave()
    this.#adapter = undefined
    this.#hasJoined = false
    if (!renewer) return
    // Nothing is left that could show a failure.
    if (leaves) renewer.leave().catch(() => {})
    renewer.dispose()
    this.#set(IDLE)
  }

  #fail(renewer: Renewer, cause: unknown): void {
    const error = toRenewError(cause, 'JOIN')
    if (this.#snapshot.renewer === renewer) this.#set({ error })
  }

  #set(change: Partial<State>): void {
    const { phase, error, endCause, renewer } = this.#snapshot
    this.#snapshot = snapshotOf({ phase, error, endCause, renewer, ...change })
    for (const listener of this.#listeners) listener()
  }
}

const MOST_CHANGES = 5

function snapshotOf(state: State): TokenRenewal {
  return {
    ...state,
    get remainingMs() {
      return state.renewer?.remainingMs
    },
  }
}
