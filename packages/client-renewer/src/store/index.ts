/**
 * The state of a renewer as a store with Svelte's contract, for Svelte, Vue, Solid and code without a framework.
 *
 * @module
 */
import { safely } from '../renewal/emit-safely.ts'
import type { Renewer } from '../renewer.ts'
import { firstState, type RenewalState, watchState } from './renewal-state.ts'

export type { RenewalState } from './renewal-state.ts'

/** A store: what Svelte calls readable, and Solid's `from` and RxJS's `new Observable` can follow. */
export interface RenewalStore {
  /**
   * Calls `run` at once with the state, and again with each new one, until the returned function is called.
   *
   * @returns ends the subscription
   */
  readonly subscribe: (run: (state: RenewalState) => void) => () => void
}

/**
 * Makes a store of a renewer. It ends with the renewer: after `dispose()` its phase is `disposed`.
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
      // An object of its own: one function may subscribe twice.
      const listener = { run }
      listeners.add(listener)
      run(state)
      return () => void listeners.delete(listener)
    },
  }
}
