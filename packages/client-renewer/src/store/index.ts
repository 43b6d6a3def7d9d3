/**
 * The state of a renewer as a store with Svelte's contract, for Svelte, Vue, Solid and plain JavaScript.
 *
 * @module
 */
import { safely } from '../renewal/emit-safely.ts'
import type { Renewer } from '../renewer.ts'
import { firstState, type RenewalState, watchState } from './renewal-state.ts'

export type { RenewalState } from './renewal-state.ts'

/** A readable store of Svelte, which Solid's `from` and RxJS's `new Observable` accept too. */
export interface RenewalStore {
  /**
   * Calls `run` at once with the state, and again after each change.
   *
   * @returns a function that unsubscribes
   */
  readonly subscribe: (run: (state: RenewalState) => void) => () => void
}

/**
 * Creates a store for a renewer. After the renewer's `dispose()`, its phase is `disposed`.
 *
 * @example
 * ```ts
 * const renewal = renewalStore(renewer)
 * // Svelte: {$renewal.phase}
 * // Vue: const state = shallowRef<RenewalState>(); onScopeDispose(renewal.subscribe((now) => (state.value = now)))
 * // Solid: const state = from(renewal)
 * ```
 */
export function renewalStore(renewer: Renewer): RenewalStore {
  let state = firstState(renewer)
  const listeners = new Set<{ readonly run: (state: RenewalState) => void }>()
  watchState(renewer, (change) => {
    state = { ...state, ...change }
    for (const { run } of listeners) safely(() => run(state))
  })
  return {
    subscribe(run) {
      // A new object each time, because one function may subscribe twice.
      const listener = { run }
      listeners.add(listener)
      run(state)
      return () => void listeners.delete(listener)
    },
  }
}
