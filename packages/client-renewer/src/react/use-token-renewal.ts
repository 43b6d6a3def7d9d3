import { useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RenewerOptions } from '../renewer-options.ts'
import { createRenewer } from '../renewer.ts'
import type { SessionAdapter } from '../session-adapter.ts'
import type { TokenGrant, TokenSource } from '../token-source.ts'
import { IDLE, RenewalStore, type TokenRenewal } from './renewal-store.ts'
import { SourceContext } from './token-renewal-provider.ts'

/** The session to keep supplied, and how. The options of the renewer are read once for each adapter. */
export interface UseTokenRenewalOptions extends Omit<RenewerOptions, 'source'> {
  /**
   * The adapter of the session. Keep it in `useMemo`: another adapter is another session, and ends the one
   * before. Undefined: there is nothing to do yet.
   */
  readonly adapter: SessionAdapter | undefined
  /** Default: the source of the nearest `TokenRenewalProvider`. May be another function at each render. */
  readonly source?: TokenSource
  /**
   * Whether the user is to be in the channel, default true. When it becomes false the renewer leaves, also
   * while it is bringing the user back, of which `useJoin` and the client know nothing. Pass what `useJoin`
   * gets as `ready`, so that a user who has hung up is certain not to come back.
   */
  readonly enabled?: boolean
  /**
   * Joins when mounted, and leaves when unmounted or when it becomes false. Default false: the app joins, for
   * example with `useJoin` of `agora-rtc-react`, and says so with `isConnected`.
   */
  readonly join?: boolean
  /** Whether the app is in the channel. Whenever this becomes true, the renewer takes over. */
  readonly isConnected?: boolean
  /** The token that the app has joined with. Without it, the next one is fetched at once. */
  readonly first?: string | TokenGrant | undefined
}

/**
 * Keeps a session supplied with a live token while the component is mounted. Works in StrictMode: a
 * component that is unmounted and mounted again at once keeps its renewer.
 *
 * @throws {TypeError} when `adapter` is another one at each render; when neither `source` nor a `TokenRenewalProvider` is given
 * @example
 * ```ts
 * const client = useRTCClient()
 * const adapter = useMemo(() => rtcNg(client, { appId, channel }), [client, channel])
 * const { isConnected } = useJoin({ appid: appId, channel, token: grant.token, uid }, isCalling)
 * const { phase, error } = useTokenRenewal({ adapter, isConnected, first: grant, enabled: isCalling })
 * ```
 */
export function useTokenRenewal(options: UseTokenRenewalOptions): TokenRenewal {
  const provided = useContext(SourceContext)
  const { enabled = true, join = false, isConnected = false, source = provided } = options
  const adapter = enabled ? options.adapter : undefined
  if (typeof source !== 'function') {
    throw new TypeError(
      `source: a function or a TokenRenewalProvider expected, got ${typeof source}`,
    )
  }
  const [store] = useState(() => new RenewalStore())
  const latest = useLatest({ ...options, source })

  useEffect(() => store.note(adapter))

  useEffect(() => {
    if (!adapter) return undefined
    const open = () => createRenewer(adapter, renewerOptions(latest))
    return store.hold(adapter, open, join, () => latest.current.enabled === false)
  }, [store, adapter, join, latest])

  useEffect(() => {
    if (adapter && join) store.join()
    else if (adapter && isConnected) store.start(latest.current.first)
  }, [store, adapter, join, isConnected, latest])

  return useSyncExternalStore(store.subscribe, store.read, readOnServer)
}

type Latest = { readonly current: UseTokenRenewalOptions & Pick<RenewerOptions, 'source'> }

/** The value of the last render that was committed. */
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

function readOnServer(): TokenRenewal {
  return IDLE
}
