import { stopwatch } from './environment/clock.ts'
import type { LifecycleSignal } from './environment/lifecycle.ts'
import { RenewError } from './errors.ts'
import type { Phase, Renewed } from './events.ts'
import { Flight } from './flight.ts'
import type { Joined, Landing } from './flight-plan.ts'
import { RejoinLimit } from './rejoin-limit.ts'
import { RenewCalls } from './renew-calls.ts'
import type { Settings } from './renewer-options.ts'
import { republish } from './republish.ts'
import { Session } from './session.ts'
import type { EndCause, SessionAdapter } from './session-adapter.ts'
import type { Tell } from './tell.ts'
import type { TokenLife } from './token-life.ts'
import type { RenewReason } from './token-source.ts'

/** What keeps one session supplied: decides on flights, and what follows from how they end. */
export class Supply {
  readonly #adapter: SessionAdapter
  readonly #settings: Settings
  readonly #tell: Tell
  readonly #calls: RenewCalls
  readonly #rejoinLimit: RejoinLimit
  /** Codes of notices that the app has been given. */
  readonly #noticed = new Set<string>()
  #phase: Phase = 'idle'
  #session: Session
  #flight: Flight | undefined
  #landing: Promise<unknown> = Promise.resolve()

  constructor(adapter: SessionAdapter, settings: Settings, tell: Tell) {
    this.#adapter = adapter
    this.#settings = settings
    this.#tell = tell
    this.#calls = new RenewCalls(adapter)
    this.#rejoinLimit = new RejoinLimit(settings.clock)
    this.#session = new Session(settings)
  }

  get phase(): Phase {
    return this.#phase
  }

  /** The token in use. */
  get held(): TokenLife | undefined {
    return this.#session.held
  }

  /** Joins for the first time and begins. */
  async join(): Promise<number | string> {
    // Listeners are told of the phase before this promise is in anybody's hands.
    await Promise.resolve()
    if (this.#flight || this.#phase === 'fresh' || this.#adapter.link() !== 'down') {
      throw new RenewError('JOIN_FAILED', 'there is a session already; leave it first')
    }
    this.#restart()
    const flight = this.#takeOff('join')
    const { life, uid } = await flight.join().catch((error: unknown) => {
      if (this.#flight === flight) this.end('idle')
      throw error
    })
    return this.#onJoined(flight, { life, uid })
  }

  /** Takes over a session that somebody else has joined. */
  start(life: TokenLife | undefined): void {
    if (this.#adapter.link() !== 'online') throw stopped()
    this.#restart()
    this.#begin(life)
  }

  /** Renews now, or hurries the flight under way. */
  async renew(): Promise<void> {
    if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh' || this.#phase === 'failed') this.#fly('manual')
    else throw stopped()
    await this.#landing
  }

  /** Ends it and says so. */
  stop(cause: EndCause): void {
    this.end('stopped')
    this.#tell('stopped', cause)
  }

  /** Lets go of everything: flight, timer, listeners. */
  end(phase: 'idle' | 'stopped' | 'disposed'): void {
    this.#letGo()
    this.#setPhase(phase)
  }

  #onJoined(flight: Flight, { life, uid }: Joined): number | string {
    if (this.#flight !== flight) throw stopped()
    this.#session.isNew = true
    this.#begin(life)
    return uid
  }

  // Tells nobody, so that no listener can start something else in between.
  #restart(): void {
    if (this.#phase === 'disposed') throw stopped()
    this.#letGo()
  }

  #letGo(): void {
    const flight = this.#flight
    const session = this.#session
    this.#flight = undefined
    this.#session = new Session(this.#settings)
    session.end()
    flight?.abort(stopped())
  }

  #begin(life: TokenLife | undefined): void {
    this.#flight = undefined
    const session = this.#session
    session.attach(this.#adapter, {
      willExpire: () => this.#onWillExpire(),
      expired: () => this.#onExpired(),
      linkChanged: () => this.#flight?.look(),
      ended: (cause) => this.stop(cause),
      notice: (notice) => this.#tell('notice', notice),
      lifecycle: (signal) => this.#onLifecycle(signal),
    })
    // It may have ended before anybody listened, or right then.
    if (this.#session !== session) return
    if (this.#adapter.link() === 'down') this.stop('lost')
    else if (life) this.#hold(life)
    else this.#fly('start')
  }

  /** A token is in use: plan the next renewal. */
  #hold(life: TokenLife): void {
    this.#session.hold(life, () => this.#fly('schedule'))
    this.#setPhase('fresh')
    for (const notice of life.notices) {
      if (!this.#noticed.has(notice.code)) this.#tell('notice', notice)
      this.#noticed.add(notice.code)
    }
  }

  #onWillExpire(): void {
    if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh' && !this.#session.isSettling()) this.#fly('will-expire')
  }

  #onExpired(): void {
    if (this.#session.isDead) return
    this.#session.die()
    this.#tell('expired')
    if (this.#flight) this.#flight.hurry()
    else if (this.#phase === 'fresh') this.#fly('expired')
  }

  #onLifecycle(signal: LifecycleSignal): void {
    this.#session.isOffline = signal === 'offline' || (signal === 'wake' && this.#session.isOffline)
    if (signal === 'offline') return
    this.#session.look()
    this.#flight?.resume()
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
    this.#session.cancelCountdown()
    const flight = new Flight({
      reason,
      settings: this.#settings,
      adapter: this.#adapter,
      calls: this.#calls,
      session: this.#session,
      mayRejoin: () => !this.#rejoinLimit.isReached(),
      tell: this.#tell,
      onPhase: (phase) => this.#setPhase(phase),
      onExpired: () => this.#onExpired(),
    })
    this.#flight = flight
    return flight
  }

  #onLanded(landing: Landing & Pick<Renewed, 'reason' | 'tookMs'>): void {
    const { life, via, attempts, reason, tookMs } = landing
    const session = this.#session
    this.#flight = undefined
    session.isNew = true
    if (via === 'rejoin') session.revive()
    this.#hold(life)
    // Whoever was told of the phase or a notice may have ended it all.
    const isOurs = (): boolean => session.held === life && this.#session === session
    if (landing.via === 'rejoin' && isOurs()) this.#onRejoined(landing.uid)
    if (!isOurs()) return
    this.#tell('renewed', { via, reason, attempts, tookMs, remainingMs: life.remainingMs() })
    this.#lookForEnd()
  }

  // The session may have ended, or ended again, while the flight was about to land.
  #lookForEnd(): void {
    if (this.#phase !== 'fresh') return
    if (this.#session.isDead) this.#fly('expired')
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
}

/** @internal */
function stopped(): RenewError {
  return new RenewError('STOPPED', 'the renewer is not running')
}
