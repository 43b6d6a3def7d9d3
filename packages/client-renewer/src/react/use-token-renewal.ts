import { useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RenewerOptions } from '../renewer-options.ts'
import { createRenewer } from '../renewer.ts'
import type { SessionAdapter } from '../session-adapter.ts'
import type { TokenGrant, TokenSource } from '../token-source.ts'
import { IDLE, RenewalStore, type TokenRenewal } from './renewal-store.ts'
import { SourceContext } from './token-renewal-provider.ts'

/** The options of {@link useTokenRenewal}. Those of the renewer are read once for each adapter. */
export interface UseTokenRenewalOptions extends Omit<RenewerOptions, 'source'> {
  /**
   * The adapter of the session. Create it in `useMemo`: another adapter means another session, and ends the last
   * one. `undefined`: do nothing yet.
   */
  readonly adapter: SessionAdapter | undefined
  /** Default: the source of the nearest `TokenRenewalProvider`. It may be a new function in each render. */
  readonly source?: TokenSource
  /**
   * Whether the user should be in the channel. When it becomes `false`, the renewer leaves, even while it is
   * joining again, which `useJoin` and the client do not know about. Pass what you pass to `useJoin` as `ready`, so
   * that a user who hung up does not come back. Default: `true`.
   */
  readonly enabled?: boolean
  /**
   * Joins when the component is mounted, and leaves when it is unmounted or `join` becomes `false`. Default:
   * `false`; your app joins, for example with `useJoin` of `agora-rtc-react`, and sets `isConnected`.
   */
  readonly join?: boolean
  /** Whether your app is in the channel. When it becomes `true`, the renewer takes over. Default: `false`. */
  readonly isConnected?: boolean
  /** The token that your app joined with. Default: unknown, so the renewer fetches a new one at once. */
  readonly first?: string | TokenGrant | undefined
}

/**
 * Keeps a session supplied with a valid token while the component is mounted. It works in StrictMode: a component
 * that is unmounted and mounted again at once keeps its renewer.
 *
 * @throws {TypeError} when each render has another `adapter`, or when there is neither a `source` nor a
 *   `TokenRenewalProvider`
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

/** Returns the value of the last committed render. */
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
