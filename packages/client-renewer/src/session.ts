import { type Countdown, startCountdown } from './countdown.ts'
import type { LifecycleSignal } from './environment/lifecycle.ts'
import type { Settings } from './renewer-options.ts'
import type { SessionAdapter, SessionSink } from './session-adapter.ts'
import type { TokenLife } from './token-life.ts'

/** A warning so soon after a renewal says nothing that is not known. */
const SETTLING_MS = 5_000

/** Whom a session tells what the world is doing. */
export interface SessionListener extends SessionSink {
  lifecycle(signal: LifecycleSignal): void
}

/** One stay in the channel, or several when its token ends it in between: what is known and listened to. */
export class Session {
  /** The token in use. */
  held: TokenLife | undefined
  /** Whether that came with a renewal or a join of ours. */
  isNew = false
  /** Whether it has ended the session. */
  isDead = false
  isOffline = false
  readonly #settings: Settings
  /** Of what is done for the session; aborted when that ends or dies. */
  #alive = new AbortController()
  #countdown: Countdown | undefined
  #ends: readonly (() => void)[] = []

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Aborted when the session dies or ends. */
  get signal(): AbortSignal {
    return this.#alive.signal
  }

  /** Listens to the SDK and to the device. */
  attach(adapter: SessionAdapter, listener: SessionListener): void {
    const { lifecycle } = this.#settings
    this.#ends = [adapter.attach(listener)]
    this.#ends = [...this.#ends, lifecycle.subscribe((signal) => listener.lifecycle(signal))]
  }

  /** A token is in use: calls back when it is time for the next one. */
  hold(life: TokenLife, onDue: () => void): void {
    this.held = life
    const inMs = life.renewInMs()
    if (inMs !== undefined) this.#countdown = startCountdown(this.#settings.clock, inMs, onDue)
  }

  /** Forgets when the next renewal would be. */
  cancelCountdown(): void {
    this.#countdown?.cancel()
    this.#countdown = undefined
  }

  /** Looks whether it is time for a renewal: the device may have slept. */
  look(): void {
    this.#countdown?.look()
  }

  /** Its token has ended it. */
  die(): void {
    this.isDead = true
    this.#alive.abort()
  }

  /** It has been brought back. */
  revive(): void {
    this.isDead = false
    this.#alive = new AbortController()
  }

  /** Lets go of everything that could still act: timer, listeners on SDK and device. */
  end(): void {
    this.cancelCountdown()
    for (const end of this.#ends) end()
    this.#ends = []
    this.#alive.abort()
  }

  /**
   * The service warns 30 s before the end, and so at once about a token that lives shorter than
   * that: renewing on each such warning would be a loop without a pause.
   */
  isSettling(): boolean {
    const { lifeMs = Infinity, ageMs = () => Infinity } = this.held ?? {}
    return this.isNew && ageMs() < Math.min(SETTLING_MS, lifeMs / 4)
  }
}
