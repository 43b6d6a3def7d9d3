import type { Lifecycle } from './lifecycle.ts'

/** The part of React Native's `AppState` that the renewer uses. */
export interface AppStateLike {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

/** The part of `@react-native-community/netinfo` that the renewer uses. */
export interface NetInfoLike {
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): () => void
}

/**
 * Returns the lifecycle of a React Native app. You pass the modules, because other runtimes could not import
 * them. Without NetInfo, it reports only `wake`.
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
      // Null means unknown so far.
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
