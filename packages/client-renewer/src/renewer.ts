import { EventEmitter } from 'eventemitter3'
import { stopwatch } from './environment/clock.ts'
import { startCountdown } from './countdown.ts'
import { isRenewError, RenewError } from './errors.ts'
import type { Phase, Renewed, RenewerEvents } from './events.ts'
import { Flight, type Landing } from './flight.ts'
import { RejoinLimit } from './rejoin-limit.ts'
import { type RenewerOptions, type Settings, toSettings } from './renewer-options.ts'
import type { SessionAdapter } from './session-adapter.ts'
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
  readonly #rejoinLimit: RejoinLimit
  #phase: Phase = 'idle'
  #held: TokenLife | undefined
  #heldFor: () => number = () => 0
  #isDead = false
  #flight: Flight | undefined
  #landing: Promise<void> = Promise.resolve()
  #cancelCountdown: () => void = () => {}
  #detach: () => void = () => {}

  /** @internal Use {@link createRenewer}. */
  constructor(adapter: SessionAdapter, options: RenewerOptions) {
    super()
    this.#adapter = adapter
    this.#settings = toSettings(options)
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
   * to do about a refusal is for the app to say.
   *
   * @returns the user it is in the channel as
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, JOIN_FAILED,
   *   JOIN_TIMEOUT, or STOPPED when it was disposed meanwhile
   */
  async join(): Promise<number | string> {
    this.#restart()
    const flight = this.#takeOff('join')
    try {
      const { life, uid } = await flight.join()
      this.#begin(life)
      return uid
    } catch (error) {
      if (this.#flight === flight) this.#end('idle')
      throw error
    }
  }

  /**
   * Keeps a session supplied that the app has joined itself.
   *
   * @param first - the token it was joined with. Without it nobody knows how long that one lives,
   *   and the next one is fetched at once.
   * @throws {RenewError} GRANT_INVALID when `first` is no token, STOPPED when disposed
   */
  start(first?: string | TokenGrant): this {
    const { clock, random } = this.#settings
    const life =
      first === undefined ? undefined : tokenLife(toGrant(first), stopwatch(clock), random)
    this.#restart()
    this.#begin(life)
    return this
  }

  /**
   * Renews now, or hurries the renewal under way. Resolves when a new token is in use.
   *
   * @throws {RenewError} what `failed` tells, or STOPPED when there is no session to renew for
   */
  renew(): Promise<void> {
    if (this.#flight) this.#flight.wake()
    else if (this.#phase === 'fresh') this.#fly('manual')
    else return Promise.reject(stopped())
    return this.#landing
  }

  /** Stops for good and lets go of the SDK. The session itself goes on until its token ends. */
  dispose(): void {
    this.#end('disposed')
    this.removeAllListeners()
  }

  #restart(): void {
    if (this.#phase === 'disposed') throw stopped()
    this.#end('idle')
  }

  /** Lets go of everything that could still act: renewal, timer, listeners on the SDK. */
  #end(phase: 'idle' | 'stopped' | 'disposed'): void {
    const flight = this.#flight
    this.#flight = undefined
    flight?.abort(stopped())
    this.#cancelCountdown()
    this.#detach()
    this.#detach = () => {}
    this.#isDead = false
    this.#held = undefined
    this.#setPhase(phase)
  }

  #begin(life: TokenLife | undefined): void {
    this.#flight = undefined
    this.#detach = this.#adapter.attach({
      willExpire: () => this.#onWillExpire(),
      expired: () => this.#onExpired(),
      linkChanged: () => this.#flight?.wake(),
      ended: (cause) => {
        this.#end('stopped')
        this.#tell('stopped', cause)
      },
    })
    if (life) this.#hold(life)
    else this.#fly('start')
  }

  /** A token is in use: plan the next renewal. */
  #hold(life: TokenLife): void {
    const { clock } = this.#settings
    this.#held = life
    this.#heldFor = stopwatch(clock)
    const inMs = life.renewInMs()
    if (inMs !== undefined) {
      this.#cancelCountdown = startCountdown(clock, inMs, () => this.#fly('schedule'))
    }
    this.#setPhase('fresh')
  }

  #onWillExpire(): void {
    if (this.#flight) this.#flight.wake()
    else if (this.#phase === 'fresh' && !this.#isSettling()) this.#fly('will-expire')
  }

  // The service warns 30 s before the end, and so at once about a token that lives shorter than
  // that: renewing on each such warning would be a loop without a pause.
  #isSettling(): boolean {
    return this.#heldFor() < Math.min(SETTLING_MS, (this.#held?.lifeMs ?? Infinity) / 4)
  }

  #onExpired(): void {
    if (this.#isDead) return
    this.#isDead = true
    this.#flight?.die()
    this.#tell('expired')
    if (!this.#flight && this.#phase === 'fresh') this.#fly('expired')
  }

  #fly(reason: RenewReason): void {
    const tookMs = stopwatch(this.#settings.clock)
    const flight = this.#takeOff(reason)
    this.#landing = flight.run().then(
      (landing) => this.#onLanded({ ...landing, reason, tookMs: tookMs() }),
      (error: unknown) => {
        if (this.#flight === flight) this.#onGivenUp(error)
        throw error
      },
    )
    // Whoever wants to know has `failed`, or the promise that `renew` returned.
    this.#landing.catch(() => {})
  }

  #takeOff(reason: RenewReason): Flight {
    this.#cancelCountdown()
    const flight = new Flight(
      {
        reason,
        settings: this.#settings,
        adapter: this.#adapter,
        rejoinLimit: this.#rejoinLimit,
        held: this.#held,
        onPhase: (phase) => this.#setPhase(phase),
        onFetching: (attempt) => this.#tell('fetching', { reason, attempt }),
        onRetry: (retry) => this.#tell('retry', retry),
        onExpired: () => this.#onExpired(),
        onRejoined: (rejoined) => {
          this.#isDead = false
          this.#tell('rejoined', rejoined)
        },
      },
      this.#isDead,
    )
    this.#flight = flight
    return flight
  }

  #onLanded({ life, ...landing }: Landing & Omit<Renewed, 'remainingMs'>): void {
    this.#flight = undefined
    this.#hold(life)
    this.#tell('renewed', { ...landing, remainingMs: life.remainingMs() })
    // The token that was replaced may have ended the session in the last moment.
    if (this.#isDead) this.#fly('expired')
  }

  #onGivenUp(error: unknown): void {
    this.#flight = undefined
    this.#setPhase('failed')
    if (isRenewError(error)) this.#tell('failed', error)
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
