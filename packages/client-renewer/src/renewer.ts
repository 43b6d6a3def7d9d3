import { EventEmitter } from 'eventemitter3'
import { stopwatch } from './environment/clock.ts'
import type { Phase, RenewerEvents } from './events.ts'
import { glance } from './glance/glance.ts'
import { type RenewerOptions, type Settings, toSettings } from './renewer-options.ts'
import type { SessionAdapter } from './session-adapter.ts'
import { Supply } from './supply.ts'
import { reportUncaught } from './tell.ts'
import { withTimeLimit } from './time-limit.ts'
import { toGrant } from './token-grant.ts'
import { tokenLife } from './token-life.ts'
import type { TokenGrant } from './token-source.ts'

/**
 * Keeps one session supplied with a live token. Its own clock decides when to renew; what the SDK
 * tells of will-expire and expiry is a backup. Only one renewal is under way at a time, every
 * promise of the SDK is bounded in time, and a session that its token has ended is joined again
 * as the same user with the same tracks. A session that was left, banned or taken over is left alone.
 */
export class Renewer extends EventEmitter<RenewerEvents> {
  readonly #adapter: SessionAdapter
  readonly #settings: Settings
  readonly #supply: Supply
  #joining: Promise<number | string> | undefined
  #leaving = new AbortController()

  /** @internal Use {@link createRenewer}. */
  constructor(adapter: SessionAdapter, options: RenewerOptions) {
    super()
    this.#adapter = adapter
    this.#settings = toSettings(options, adapter)
    this.#supply = new Supply(adapter, this.#settings, (event, ...args) => {
      // A listener that throws must break neither the renewal nor the SDK that has called us.
      try {
        this.emit(event, ...args)
      } catch (error) {
        reportUncaught(error)
      }
    })
  }

  /** What the renewer is doing. */
  get phase(): Phase {
    return this.#supply.phase
  }

  /** How long the token in use lives on, in milliseconds; negative after its end. */
  get remainingMs(): number | undefined {
    return this.#supply.held?.remainingMs()
  }

  /**
   * Fetches a token, joins with it, and keeps the session supplied from then on. Tries once, and once
   * more with another token when the first is refused as one that has ended: what to do about any other
   * refusal is for the app to say. While a join is under way, returns that one.
   *
   * @returns the user it is in the channel as
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, GRANT_SCOPE,
   *   JOIN_TIMEOUT, JOIN_FAILED also when there is a session already, or STOPPED when it was ended
   *   meanwhile
   */
  join(): Promise<number | string> {
    this.#joining ??= this.#supply.join().finally(() => {
      this.#joining = undefined
    })
    return this.#joining
  }

  /**
   * Keeps a session supplied that the app has joined itself.
   *
   * @param first - the token it was joined with. Without it nobody knows how long that one lives,
   *   and the next one is fetched at once.
   * @throws {RenewError} GRANT_INVALID when `first` is no token, STOPPED when disposed or while the
   *   client is in no channel, or cut off from it
   */
  start(first?: string | TokenGrant): this {
    const grant = first === undefined ? undefined : toGrant(first)
    const ageMs = stopwatch(this.#settings.clock)
    this.#supply.start(grant && tokenLife(grant, ageMs, glance(grant.token), this.#settings))
    return this
  }

  /**
   * Renews now, or hurries the renewal under way. Resolves when a new token is in use. After
   * `failed` it makes the renewer try again, and bring back a session that has ended since.
   *
   * @throws {RenewError} what `failed` tells, or STOPPED when there is no session to renew for
   */
  async renew(): Promise<void> {
    await (this.#joining ?? this.#supply.renew())
  }

  /**
   * Leaves the channel and stops. Better than the client's own `leave`, of which the SDK tells
   * nobody while the session is being brought back.
   *
   * @throws {RenewError} LEAVE_TIMEOUT, and whatever the SDK's `leave` rejects with
   */
  async leave(): Promise<void> {
    this.#supply.stop('left')
    const { clock, sdkTimeoutMs: ms } = this.#settings
    const controller = (this.#leaving = new AbortController())
    const limit = { clock, ms, controller, code: 'LEAVE_TIMEOUT' } as const
    await withTimeLimit(limit, () => this.#adapter.leave())
  }

  /** Stops for good and lets go of the SDK. The session itself goes on until its token ends. */
  dispose(): void {
    this.#leaving.abort()
    this.#supply.end('disposed')
    this.removeAllListeners()
  }
}

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
  return new Renewer(adapter, options)
}
