import type { Lifecycle } from './lifecycle.ts'

/** The part of React Native's `AppState` that is used. */
export interface AppStateLike {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

/** The part of `@react-native-community/netinfo` that is used. */
export interface NetInfoLike {
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): () => void
}

/**
 * The lifecycle of an app under React Native. Takes the modules, so that nothing is imported where
 * they do not exist.
 *
 * @example
 * ```ts
 * createRenewer(adapter, { source, lifecycle: reactNativeLifecycle(AppState, NetInfo) })
 * ```
 */
export function reactNativeLifecycle(appState: AppStateLike, netInfo?: NetInfoLike): Lifecycle {
  return {
    subscribe(listener) {
      const state = appState.addEventListener('change', (state) => {
        if (state === 'active') listener('wake')
      })
      // Null: not known yet.
      const stop = netInfo?.addEventListener(({ isConnected }) => {
        listener(isConnected === false ? 'offline' : 'online')
      })
      return () => {
        state.remove()
        stop?.()
      }
    },
  }
}
