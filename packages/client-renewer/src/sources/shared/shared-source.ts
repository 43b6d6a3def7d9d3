import type { Clock } from '../../environment/clock.ts'
import { systemClock } from '../../environment/clock.ts'
import type { TokenGrant, TokenRequest } from '../../token-source.ts'
import type { BatchRequest } from './batch-request.ts'
import { RequestBroker } from './request-broker.ts'
import type { TabPorts } from './tab-relay.ts'

/** The options of {@link createSharedSource}. */
export interface SharedSourceOptions {
  /**
   * Whether sessions of one user in different services share tokens. If the server refuses to put these services
   * into one token, each session gets its own. Default: `true`.
   */
  readonly together?: boolean
  /** Connects to the other tabs of the app; `browserTabs` makes it. Default: no other tabs. */
  readonly tabs?: TabPorts | undefined
  /** Default: `systemClock`. */
  readonly clock?: Clock
}

/** A token source for several renewers. */
export interface SharedSource {
  (request: TokenRequest): Promise<TokenGrant>
  /** Forgets all tokens and stops listening to other tabs. Later requests are answered one by one. */
  close(): void
}

/**
 * Creates a source for several renewers of one page, which calls your own source for them.
 *
 * - Simultaneous requests for the same token become one, which is aborted when no session waits for it any more.
 * - Sessions of one user in different services (a call, its RTM, its chat) renew together: the first attempt of a
 *   renewal requests a token for all of them. The others reuse it if they renew within 35 % of its lifetime, as
 *   sessions that joined together do. A session never gets its current token again, nor a reused one for a `join`,
 *   for a `manual` renewal, or after a failed attempt.
 * - With `tabs`, the same applies across the tabs of an app. Agora usually lets a uid be in one place at a time, so
 *   this is for users with several sessions, or who change tabs.
 * - A session without a known user shares nothing, because the server chooses a user for each.
 *
 * It reduces `expiresIn` and `renewIn` by the age of the answer.
 *
 * @param source - called with a {@link BatchRequest}, whose `services` are those that the token should grant. Pass
 *   them to `httpSource`: `request: (request) => ({ services: servicesOf(request), … })`
 * @throws {TypeError} when `source` is not a function
 * @example
 * ```ts
 * const ask = (request: TokenRequest) => ({ services: servicesOf(request) })
 * const source = createSharedSource(httpSource({ url, request: ask }))
 * createRenewer(rtcNg(client, { appId, channel, uid }), { source })
 * createRenewer(rtm(messages, { userId: String(uid) }), { source })
 * ```
 */
export function createSharedSource(
  source: (request: BatchRequest) => string | TokenGrant | Promise<string | TokenGrant>,
  options: SharedSourceOptions = {},
): SharedSource {
  if (typeof source !== 'function') {
    throw new TypeError(`source: a function expected, got ${typeof source}`)
  }
  const { together = true, tabs, clock = systemClock } = options
  const broker = new RequestBroker({ source, together, tabs, clock })
  const ask = (request: TokenRequest) => broker.ask(request)
  return Object.assign(ask, { close: () => broker.close() })
}
