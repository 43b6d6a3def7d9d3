import { EventEmitter } from 'eventemitter3'
import type { RenewerEvents } from './events.ts'
import type { RenewerActions } from './renewer-actions.ts'
import { type RenewerOptions, toSettings } from './renewer-options.ts'
import type { SessionAdapter } from './session-adapter.ts'
import { createSessionManager } from './renewal/session-manager.ts'

/**
 * Keeps one session supplied with a live token. Its own clock decides when to renew; what the SDK
 * tells of will-expire and expiry is a backup. Only one renewal is under way at a time, every
 * promise of the SDK is bounded in time, and a session that its token has ended is joined again
 * as the same user with the same tracks. A session that was left, banned or taken over is left alone.
 */
export interface Renewer extends EventEmitter<RenewerEvents>, RenewerActions {}

/**
 * Creates a renewer for one session: one client in one channel.
 *
 * @throws {TypeError} when an option is missing or of no use
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
  // With descriptors: `phase` and `remainingMs` are getters.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is being given
  return Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(actions)) as Renewer
}
