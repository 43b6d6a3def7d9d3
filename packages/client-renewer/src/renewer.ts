import { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from './events.ts'
import type { RenewerActions } from './renewer-actions.ts'
import { type RenewerOptions, toSettings } from './renewer-options.ts'
import type { SessionAdapter } from './session-adapter.ts'
import { createSessionManager } from './renewal/session-manager.ts'

/**
 * Keeps one session supplied with a valid token. Its own clock decides when to renew; the SDK's warnings and
 * expiry events are a backup. It runs one renewal at a time, and every call into the SDK has a time limit. When
 * the token has expired, it joins again as the same user with the same tracks. It does not bring back a session
 * that was left, banned or taken over.
 */
export interface Renewer extends EventEmitter<RenewerEvents>, RenewerActions {}

/**
 * Creates a renewer for one session: one client in one channel.
 *
 * @throws {TypeError} when an option is missing or invalid; pages built for production do not check, and a wrong value
 *   fails later, where it is used
 * @example
 * ```ts
 * const renewer = createRenewer(rtcNg(client, { appId, channel }), {
 *   source: httpSource({ url: '/api/agora/v1/tokens', request: { channel, role: 'publisher' } }),
 * })
 * renewer.on('failed', (error) => showBanner(error.message))
 * await renewer.join()
 * ```
 */
export function createRenewer(adapter: SessionAdapter, options: RenewerOptions): Renewer {
  const emitter = new EventEmitter<RenewerEvents>()
  const actions = createSessionManager(adapter, toSettings(options, adapter), emitter)
  // Copied by descriptor, because `phase` and `remainingMs` are getters.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has just been given the actions
  return Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(actions)) as Renewer
}
