import { EventEmitter } from 'eventemitter3'
import { startCountdown } from './countdown.ts'
import { stopwatch } from './environment/clock.ts'
import { RenewError } from './errors.ts'
import type { Phase, Renewed, RenewerEvents } from './events.ts'
import { Flight, type Landing } from './flight.ts'
import { RejoinLimit } from './rejoin-limit.ts'
import { RenewCalls } from './renew-calls.ts'
import { type RenewerOptions, type Settings, toSettings } from './renewer-options.ts'
import { republish } from './republish.ts'
import type { EndCause, SessionAdapter } from './session-adapter.ts'
import { withTimeLimit } from './time-limit.ts'
import { toGrant } from './token-grant.ts'
import { type TokenLife, tokenLife } from './token-life.ts'
import type { RenewReason, TokenGrant } from './token-source.ts'

/** A warning so soon after a renewal says nothing that is not known. */
const SETTLING_MS = 5_000

/**
 * Keeps one session supplied with a live token. Its own clock decides when to renew; what the SDK
 * tells of will-expire and expiry is a backup. Only one renewal is under way at a time, every
 * promise of the SDK is bounded in time, and a session that its token has ended is joined again
 * as the same user with the same tracks. A session that was left, banned or taken over is left alone.
 */
export class Renewer extends EventEmitter<RenewerEvents> {
  readonly #adapter: SessionAdapter
  readonly #settings: Settings
  readonly #calls: RenewCalls
  readonly #rejoinLimit: RejoinLimit
  #phase: Phase = 'idle'
  #held: TokenLife | undefined
  /** Whether the held token came with a renewal or a join of ours. */
  #isNew = false
  #isDead = false
  #flight: Flight | undefined
  #landing: Promise<unknown> = Promise.resolve()
  #joining: Promise<number | string> | undefined
  /** Of what is done for the present session; aborted when that ends or dies. */
  #session = new AbortController()
  #cancelCountdown: () => void = () => {}
  #detach: () => void = () => {}

  /** @internal Use {@link createRenewer}. */
  constructor(adapter: SessionAdapter, options: RenewerOptions) {
    super()
    this.#adapter = adapter
    this.#settings = toSettings(options)
    this.#calls = new RenewCalls(adapter)
    this.#rejoinLimit = new RejoinLimit(this.#settings.clock)
  }

  /** What the renewer is doing. */
  get phase(): Phase {
    return this.#phase
  }

  /** How long the token in use lives on, in milliseconds; negative after its end. */
  get remainingMs(): number | undefined {
    return this.#held?.remainingMs()
  }

  /**
   * Fetches a token, joins with it, and keeps the session supplied from then on. Tries once: what
   * to do about a refusal is for the app to say. While a join is under way, returns that one.
   *
   * @returns the user it is in the channel as
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, JOIN_TIMEOUT,
   *   JOIN_FAILED also when there is a session already, or STOPPED when it was ended meanwhile
   */
  join(): Promise<number | string> {
    if (!this.#joining) {
      this.#joining = this.#join().finally(() => {
        this.#joining = undefined
      })
    }
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
    const { clock, random } = this.#settings
    const life =
      first === undefined ? undefined : tokenLife(toGrant(first), stopwatch(clock), random)
    if (this.#adapter.link() !== 'online') throw stopped()
    this.#restart()
    this.#begin(life)
    return this
  }

  /**
   * Renews now, or hurries the renewal under way. Resolves when a new token is in use. After
   * `failed` it makes the renewer try again, and bring back a session that has ended since.
   *
   * @throws {RenewError} what `failed` tells, or STOPPED when there is no session to renew for
   */
  async renew(): Promise<void> {
    if (this.#joining) await this.#joining
    else if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh' || this.#phase === 'failed') this.#fly('manual')
    else throw stopped()
    await this.#landing
  }

  /**
   * Leaves the channel and stops. Better than the client's own `leave`, of which the SDK tells
   * nobody while the session is being brought back.
   *
   * @throws {RenewError} LEAVE_TIMEOUT, and whatever the SDK's `leave` rejects with
   */
  async leave(): Promise<void> {
    this.#stop('left')
    const { clock, sdkTimeoutMs: ms } = this.#settings
    const late = () => new RenewError('LEAVE_TIMEOUT', `SDK: leave did not settle in ${ms} ms`)
    const controller = (this.#session = new AbortController())
    await withTimeLimit({ clock, ms, controller, late }, () => this.#adapter.leave())
  }

  /** Stops for good and lets go of the SDK. The session itself goes on until its token ends. */
  dispose(): void {
    this.#end('disposed')
    this.removeAllListeners()
  }

  async #join(): Promise<number | string> {
    // Listeners are told of the phase before this promise is in anybody's hands.
    await Promise.resolve()
    if (this.#isRunning() || this.#adapter.link() !== 'down') {
      throw new RenewError('JOIN_FAILED', 'there is a session already; leave it first')
    }
    this.#restart()
    const flight = this.#takeOff('join')
    try {
      const { life, uid } = await flight.join()
      if (this.#flight !== flight) throw stopped()
      this.#isNew = true
      this.#begin(life)
      return uid
    } catch (error) {
      if (this.#flight === flight) this.#end('idle')
      throw error
    }
  }

  #isRunning(): boolean {
    return this.#flight !== undefined || this.#phase === 'fresh'
  }

  // Tells nobody, so that no listener can start something else in between.
  #restart(): void {
    if (this.#phase === 'disposed') throw stopped()
    this.#letGo()
  }

  #end(phase: 'idle' | 'stopped' | 'disposed'): void {
    this.#letGo()
    this.#setPhase(phase)
  }

  /** Lets go of everything that could still act: renewal, timer, listeners on the SDK. */
  #letGo(): void {
    const flight = this.#flight
    this.#flight = undefined
    this.#cancelCountdown()
    this.#detach()
    this.#detach = () => {}
    this.#session.abort()
    flight?.abort(stopped())
    this.#isDead = false
    this.#isNew = false
    this.#held = undefined
  }

  #begin(life: TokenLife | undefined): void {
    this.#flight = undefined
    this.#session = new AbortController()
    this.#detach = this.#adapter.attach({
      willExpire: () => this.#onWillExpire(),
      expired: () => this.#onExpired(),
      linkChanged: () => this.#flight?.look(),
      ended: (cause) => this.#stop(cause),
    })
    // It may have ended before anybody listened.
    if (this.#adapter.link() === 'down') this.#stop('lost')
    else if (life) this.#hold(life)
    else this.#fly('start')
  }

  #stop(cause: EndCause): void {
    this.#end('stopped')
    this.#tell('stopped', cause)
  }

  /** A token is in use: plan the next renewal. */
  #hold(life: TokenLife): void {
    this.#held = life
    const inMs = life.renewInMs()
    if (inMs !== undefined) {
      const renew = () => this.#fly('schedule')
      this.#cancelCountdown = startCountdown(this.#settings.clock, inMs, renew)
    }
    this.#setPhase('fresh')
  }

  #onWillExpire(): void {
    if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh' && !this.#isSettling()) this.#fly('will-expire')
  }

  // The service warns 30 s before the end, and so at once about a token that lives shorter than
  // that: renewing on each such warning would be a loop without a pause.
  #isSettling(): boolean {
    const { lifeMs = Infinity, ageMs = () => Infinity } = this.#held ?? {}
    return this.#isNew && ageMs() < Math.min(SETTLING_MS, lifeMs / 4)
  }

  #onExpired(): void {
    if (this.#isDead) return
    this.#isDead = true
    this.#session.abort()
    this.#tell('expired')
    if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh') this.#fly('expired')
  }

  #fly(reason: RenewReason): void {
    const flight = this.#takeOff(reason)
    this.#landing = this.#land(flight, reason)
    // Whoever wants to know has `failed`, or the promise that `renew` returned.
    this.#landing.catch((error: RenewError) => {
      if (this.#flight === flight) this.#giveUp(error)
    })
  }

  async #land(flight: Flight, reason: RenewReason): Promise<void> {
    const tookMs = stopwatch(this.#settings.clock)
    // The promise of this must be in place before any listener is told anything.
    await Promise.resolve()
    const landing = await flight.run()
    if (this.#flight !== flight) throw stopped()
    this.#onLanded({ ...landing, reason, tookMs: tookMs() })
  }

  #takeOff(reason: RenewReason): Flight {
    this.#cancelCountdown()
    const flight = new Flight({
      reason,
      settings: this.#settings,
      adapter: this.#adapter,
      calls: this.#calls,
      held: this.#held,
      isDead: () => this.#isDead,
      mayRejoin: () => !this.#rejoinLimit.isReached(),
      onPhase: (phase) => this.#setPhase(phase),
      onFetching: (attempt) => this.#tell('fetching', { reason, attempt }),
      onRetry: (retry) => this.#tell('retry', retry),
      onExpired: () => this.#onExpired(),
    })
    this.#flight = flight
    return flight
  }

  #onLanded(landing: Landing & Pick<Renewed, 'reason' | 'tookMs'>): void {
    const { life, via, attempts, reason, tookMs } = landing
    this.#flight = undefined
    this.#isNew = true
    if (via === 'rejoin') {
      this.#isDead = false
      this.#session = new AbortController()
    }
    this.#hold(life)
    if (landing.via === 'rejoin') this.#onRejoined(landing.uid)
    if (this.#held !== life) return
    this.#tell('renewed', { via, reason, attempts, tookMs, remainingMs: life.remainingMs() })
    this.#lookForEnd()
  }

  // The session may have ended, or ended again, while the flight was about to land.
  #lookForEnd(): void {
    if (this.#phase !== 'fresh') return
    if (this.#isDead) this.#fly('expired')
    else if (this.#adapter.link() === 'down') this.#onExpired()
  }

  #onRejoined(uid: number | string): void {
    const { signal } = this.#session
    this.#rejoinLimit.count()
    this.#tell('rejoined', { uid })
    if (!signal.aborted) void this.#republish(signal)
  }

  async #republish(session: AbortSignal): Promise<void> {
    const publications = this.#adapter.republish()
    if (publications.length === 0) return
    const info = await republish(publications, this.#settings, session)
    if (!session.aborted) this.#tell('republished', info)
  }

  #giveUp(error: RenewError): void {
    this.#flight = undefined
    this.#setPhase('failed')
    this.#tell('failed', error)
  }

  #setPhase(next: Phase): void {
    const previous = this.#phase
    if (next === previous || previous === 'disposed') return
    this.#phase = next
    this.#tell('phase', next, previous)
  }

  /** A listener that throws must break neither the renewal nor the SDK that has called us. */
  #tell<E extends keyof RenewerEvents>(
    event: E,
    ...args: EventEmitter.EventArgs<RenewerEvents, E>
  ): void {
    try {
      this.emit(event, ...args)
    } catch (error) {
      reportUncaught(error)
    }
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

function stopped(): RenewError {
  return new RenewError('STOPPED', 'the renewer is not running')
}

// As an uncaught error of the listener's own would show, and without disturbing anybody else.
function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error)
  // oxlint-disable-next-line no-console -- the only place left where somebody may see it
  else console.error(error)
}
