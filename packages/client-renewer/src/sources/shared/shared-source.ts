import type { Clock } from '../../environment/clock.ts'
import { systemClock } from '../../environment/clock.ts'
import type { TokenGrant, TokenRequest } from '../../token-source.ts'
import type { BatchRequest } from './batch-request.ts'
import { RequestBroker } from './request-broker.ts'
import type { TabPorts } from './tab-relay.ts'

/** How a shared source shares. */
export interface SharedSourceOptions {
  /**
   * Whether sessions of one user in different services share tokens. Default true. Sessions whose service
   * the server refuses to put into one token are then served separately.
   */
  readonly together?: boolean
  /** How to reach the other tabs of the app; `browserTabs` makes it. Default: no other tabs. */
  readonly tabs?: TabPorts | undefined
  /** Default: the runtime's clocks and timers. */
  readonly clock?: Clock
}

/** A token source for several renewers. */
export interface SharedSource {
  (request: TokenRequest): Promise<TokenGrant>
  /**
   * Forgets every token and stops listening to other tabs. Sessions can go on asking, and are then served
   * one by one.
   */
  close(): void
}

/**
 * Creates a source for several renewers of one page, in front of the app's own source.
 *
 * - Requests for the same token at the same time become one. It is aborted when no session waits for it
 *   any more.
 * - Sessions of one user in different services (a call, its RTM, its chat) renew together: the first
 *   attempt of a renewal asks for all of them, and the others take that token if they have to renew
 *   within 35 % of its life, as those do that joined together. A session never gets the token that it has already, and never one at hand for
 *   a `join`, for a `manual` renewal, or after a failed attempt.
 * - With `tabs`, the same applies across the tabs of an app. For most users Agora allows one place at a
 *   time; this is for those who may be in several, or who change from tab to tab.
 * - A scope without a user is not shared: the server chooses a user for each.
 *
 * `expiresIn` and `renewIn` are reduced by the age of the answer, so that no session takes a token to be
 * younger than it is.
 *
 * @param source - is asked with a {@link BatchRequest}, whose `services` say what to put into the token.
 *   With `httpSource`, pass them on: `request: (request) => ({ services: servicesOf(request), … })`
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
