import type { Clock } from '../../environment/clock.ts'
import { systemClock } from '../../environment/clock.ts'
import type { TokenGrant, TokenRequest } from '../../token-source.ts'
import { Desk } from './request-broker.ts'
import type { DeskRequest } from './batch-request.ts'
import type { TabPorts } from './tab-ports.ts'

/** What a desk does besides having sessions share their requests. */
export interface TokenDeskOptions {
  /**
   * Whether sessions of one user in different services share tokens. Default true; sessions whose
   * service the server refuses to put into the token are served separately.
   */
  readonly together?: boolean
  /** How to reach the app's other tabs; `browserTabs` makes it. Default: as if there were none. */
  readonly tabs?: TabPorts | undefined
  /** Default: the runtime's clocks and timers. */
  readonly clock?: Clock
}

/** A token source that several renewers can have. */
export interface TokenDesk {
  (request: TokenRequest): Promise<TokenGrant>
  /**
   * Forgets every token and stops hearing other tabs. Sessions can go on asking: they are then served
   * one by one.
   */
  close(): void
}

/**
 * Creates a source for several renewers of one page, in front of the app's own.
 *
 * - Who asks while the same is being asked shares that request; it ends when nobody waits any more.
 * - Sessions of one user in different services (a call, its RTM, its chat) renew together: the first
 *   try of a renewal asks for all of them, and the others take that token when their time comes within
 *   5 % of its life. Never again the one that a session holds, and never for a `join`, a `manual`
 *   renewal, or after a refusal.
 * - With `tabs`, the same holds across the tabs of an app. Agora lets most users be in one place
 *   only; this is for what may be in several, or is handed from tab to tab.
 * - A scope without a user shares nothing: the server chooses one for each.
 *
 * Ages are taken off `expiresIn` and `renewIn`, so that nobody takes a token for younger than it is.
 *
 * @param source - asked with {@link DeskRequest}: its `services` say what to put into the token. With
 *   `httpSource`, hand them on by `request: (request) => ({ services: servicesOf(request), … })`
 * @throws {TypeError} when the source is no function
 * @example
 * ```ts
 * const desk = createTokenDesk(httpSource({ url, request: (r) => ({ services: servicesOf(r) }) }))
 * createRenewer(rtcNg(client, { appId, channel, uid }), { source: desk })
 * createRenewer(rtm(messages, { userId: String(uid) }), { source: desk })
 * ```
 */
export function createTokenDesk(
  source: (request: DeskRequest) => string | TokenGrant | Promise<string | TokenGrant>,
  options: TokenDeskOptions = {},
): TokenDesk {
  if (typeof source !== 'function') {
    throw new TypeError(`source: a function expected, got ${typeof source}`)
  }
  const { together = true, tabs, clock = systemClock } = options
  const desk = new Desk({ source, together, tabs, clock })
  return Object.assign((request: TokenRequest) => desk.ask(request), { close: () => desk.close() })
}
