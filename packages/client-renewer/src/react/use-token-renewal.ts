import { useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RenewerOptions } from '../renewer-options.ts'
import { createRenewer, type Renewer } from '../renewer.ts'
import type { SessionAdapter } from '../session-adapter.ts'
import type { TokenGrant, TokenSource } from '../token-source.ts'
import { IDLE, RenewalStore, type TokenRenewal } from './renewal-store.ts'
import { SourceContext } from './token-renewal-provider.ts'

/** The session to keep supplied, and how. Options of the renewer are read once for each adapter. */
export interface UseTokenRenewalOptions extends Omit<RenewerOptions, 'source'> {
  /**
   * One adapter is one session: keep it in `useMemo`, for another one lets go of the session before.
   * Undefined: nothing to do yet.
   */
  readonly adapter: SessionAdapter | undefined
  /** Default: that of the nearest `TokenRenewalProvider`. May be another function at each render. */
  readonly source?: TokenSource
  /**
   * Joins when mounted and leaves when unmounted. Default false: the app joins, for example with
   * `useJoin` of `agora-rtc-react`, and says so with `isConnected`.
   */
  readonly join?: boolean
  /** Whether the app is in the channel; each time that this becomes true, the renewer takes over. */
  readonly isConnected?: boolean
  /** The token that the app has joined with. Without it the next one is fetched at once. */
  readonly first?: string | TokenGrant | undefined
}

/**
 * Keeps a session supplied with a live token while the component is mounted. Made for StrictMode: a
 * component that is unmounted and mounted again at once keeps its renewer.
 *
 * @throws {TypeError} when there is no source
 * @example
 * ```ts
 * const client = useRTCClient()
 * const adapter = useMemo(() => rtcNg(client, { appId, channel }), [client, channel])
 * const { isConnected } = useJoin({ appid: appId, channel, token: grant.token, uid })
 * const { phase, error } = useTokenRenewal({ adapter, isConnected, first: grant })
 * ```
 */
export function useTokenRenewal(options: UseTokenRenewalOptions): TokenRenewal {
  const provided = useContext(SourceContext)
  const { adapter, join = false, isConnected = false, source = provided } = options
  if (typeof source !== 'function') {
    throw new TypeError(
      `source: a function or a TokenRenewalProvider expected, got ${typeof source}`,
    )
  }
  const [store] = useState(() => new RenewalStore())
  const latest = useLatest({ ...options, source })

  useEffect(() => {
    if (!adapter) return undefined
    const open = () => createRenewer(adapter, renewerOptions(latest))
    return store.hold(adapter, open, join ? leave : dispose)
  }, [store, adapter, join, latest])

  useEffect(() => {
    if (adapter && join) store.join()
    else if (adapter && isConnected) store.start(latest.current.first)
  }, [store, adapter, join, isConnected, latest])

  return useSyncExternalStore(store.subscribe, store.read, readOnServer)
}

type Latest = { readonly current: UseTokenRenewalOptions & Pick<RenewerOptions, 'source'> }

/** What was given at the last render that was shown. */
function useLatest(value: Latest['current']): Latest {
  const ref = useRef(value)
  useEffect(() => {
    ref.current = value
  })
  return ref
}

function renewerOptions(latest: Latest): RenewerOptions {
  return { ...latest.current, source: (request) => latest.current.source(request) }
}

function leave(renewer: Renewer): void {
  // Nobody is left to be told; what the SDK says no to, it says to the next join too.
  renewer.leave().catch(() => {})
  renewer.dispose()
}

function dispose(renewer: Renewer): void {
  renewer.dispose()
}

function readOnServer(): TokenRenewal {
  return IDLE
}
