import type { EventEmitter } from 'eventemitter3'
import { type Countdown, startCountdown } from './countdown.ts'
import { stopwatch } from './environment/clock.ts'
import type { LifecycleSignal } from './environment/lifecycle.ts'
import { RenewError, stopped } from './errors.ts'
import type { Phase, RenewerEvents } from './events.ts'
import { ABORT, AWAKE, createFlight, type Flight, HURRY, LINK_CHANGED } from './flight.ts'
import { renewCalls } from './renew-calls.ts'
import type { Settings } from './renewer-options.ts'
import type { Session } from './session.ts'
import type { RenewerActions } from './renewer-actions.ts'
import type { EndCause, SessionAdapter } from './session-adapter.ts'
import { tellThrough } from './tell.ts'
import { withTimeLimit } from './time-limit.ts'
import { remainingMs, type TokenLife, tokenLife } from './token-life.ts'
import type { RenewReason, TokenGrant } from './token-source.ts'

/** What keeps one session supplied: decides on flights, and what follows from how they end. */
export function createSupply(
  adapter: SessionAdapter,
  settings: Settings,
  emitter: EventEmitter<RenewerEvents>,
): RenewerActions {
  const tell = tellThrough(emitter)
  const calls = renewCalls(adapter)
  /** When it was brought back, the last time first. */
  const rejoins: number[] = []
  /** Codes of notices that the app has been given. */
  const noticed = new Set<string>()
  let phase: Phase = 'idle'
  let session: Session = {}
  /** Of what is done for the session; aborted when that ends or dies. */
  let alive = new AbortController()
  let flight: Flight | undefined
  let landing: Promise<unknown> | undefined
  let countdown: Countdown | undefined
  /** How to stop listening to the SDK and to the device. */
  const stops: (() => void)[] = []
  let joining: Promise<number | string> | undefined
  let leaving = new AbortController()

  return {
    get phase() {
      return phase
    },
    get remainingMs() {
      return remainingMs(session.held)
    },
    join: () => (joining ??= join().finally(() => (joining = undefined))),
    start(first) {
      takeOver(first)
      return this
    },
    renew: async () => void (await (joining ?? renew())),
    leave,
    dispose,
  }

  async function join(): Promise<number | string> {
    // Listeners are told of the phase before this promise is in anybody's hands.
    await Promise.resolve()
    if (flight || phase === 'fresh' || adapter.link() !== 'down') {
      throw new RenewError('JOIN_FAILED', 'there is a session already; leave it first')
    }
    restart()
    const own = takeOff('join')
    const { life, uid } = await own.join().catch((error: unknown) => {
      if (flight === own) end('idle')
      throw error
    })
    if (flight !== own) throw stopped()
    session.isNew = true
    begin(life)
    return uid
  }

  function takeOver(first: string | TokenGrant | undefined): void {
    const ageMs = stopwatch(settings.clock)
    const life = first === undefined ? undefined : tokenLife(first, ageMs, settings)
    if (adapter.link() !== 'online') throw stopped()
    restart()
    begin(life)
  }

  async function renew(): Promise<void> {
    if (flight) flight.wake(HURRY)
    else if (phase === 'fresh' || phase === 'failed') fly('manual')
    else throw stopped()
    await landing
  }

  async function leave(): Promise<void> {
    stop('left')
    leaving = new AbortController()
    await withTimeLimit('LEAVE', settings, leaving.signal, () => adapter.leave())
  }

  function dispose(): void {
    leaving.abort()
    end('disposed')
    emitter.removeAllListeners()
  }

  function stop(cause: EndCause): void {
    end('stopped')
    tell('stopped', cause)
  }

  function end(last: 'idle' | 'stopped' | 'disposed'): void {
    letGo()
    setPhase(last)
  }

  // Tells nobody, so that no listener can start something else in between.
  function restart(): void {
    if (phase === 'disposed') throw stopped()
    letGo()
  }

  function letGo(): void {
    const ended = flight
    flight = undefined
    session = {}
    cancelCountdown()
    for (const unsubscribe of stops.splice(0)) unsubscribe()
    alive.abort()
    ended?.wake(ABORT)
  }

  function begin(life: TokenLife | undefined): void {
    flight = undefined
    alive = new AbortController()
    const own = session
    stops.push(
      adapter.attach({
        willExpire: onWillExpire,
        expired: onExpired,
        linkChanged: () => flight?.wake(LINK_CHANGED),
        ended: stop,
        notice: (notice) => tell('notice', notice),
      }),
      settings.lifecycle.subscribe(onLifecycle),
    )
    // It may have ended before anybody listened, or right then.
    if (session !== own) return
    if (adapter.link() === 'down') stop('lost')
    else if (life) hold(life)
    else fly('start')
  }

  /** A token is in use: plan the next renewal. */
  function hold(life: TokenLife): void {
    session.held = life
    const inMs = life.renewAtMs - life.ageMs()
    if (inMs < Infinity) countdown = startCountdown(settings.clock, inMs, () => fly('schedule'))
    setPhase('fresh')
    for (const notice of life.notices) {
      if (!noticed.has(notice.code)) tell('notice', notice)
      noticed.add(notice.code)
    }
  }

  // The service warns 30 s before the end, and so at once about a token that lives shorter than that:
  // renewing on each such warning would be a loop without a pause.
  function onWillExpire(): void {
    const SETTLING_MS = 5_000
    const { held, isNew } = session
    const isSettling = isNew && held && held.ageMs() < Math.min(SETTLING_MS, held.lifeMs / 4)
    if (flight || !isSettling) hurry('will-expire')
  }

  function onExpired(): void {
    if (session.isDead) return
    session.isDead = true
    alive.abort()
    tell('expired')
    hurry('expired')
  }

  function hurry(reason: RenewReason): void {
    if (flight) flight.wake(HURRY)
    else if (phase === 'fresh') fly(reason)
  }

  function onLifecycle(signal: LifecycleSignal): void {
    if (signal !== 'wake') session.isOffline = signal === 'offline'
    if (signal === 'offline') return
    countdown?.look()
    flight?.wake(AWAKE)
  }

  function fly(reason: RenewReason): void {
    const own = takeOff(reason)
    landing = land(own, reason)
    // Whoever wants to know has `failed`, or the promise that `renew` returned.
    landing.catch((error: RenewError) => {
      if (flight === own) giveUp(error)
    })
  }

  function takeOff(reason: RenewReason): Flight {
    cancelCountdown()
    flight = createFlight({
      reason,
      settings,
      adapter,
      calls,
      session,
      rejoins,
      tell,
      onPhase: setPhase,
      onExpired,
    })
    return flight
  }

  async function land(own: Flight, reason: RenewReason): Promise<void> {
    const passed = stopwatch(settings.clock)
    // The promise of this must be in place before any listener is told anything.
    await Promise.resolve()
    const { life, uid, attempts } = await own.run()
    if (flight !== own) throw stopped()
    const tookMs = passed()
    const stay = session
    flight = undefined
    stay.isNew = true
    if (uid !== undefined) revive()
    hold(life)
    // Whoever was told of the phase or a notice may have ended it all.
    const isOurs = () => session === stay && session.held === life
    if (uid !== undefined && isOurs()) onRejoined(uid)
    if (!isOurs()) return
    const via = uid === undefined ? 'renew' : 'rejoin'
    tell('renewed', { via, reason, attempts, tookMs, remainingMs: remainingMs(life) })
    lookForEnd()
  }

  // The session may have ended, or ended again, while the flight was about to land.
  function lookForEnd(): void {
    if (phase !== 'fresh') return
    if (session.isDead) fly('expired')
    else if (adapter.link() === 'down') onExpired()
  }

  function revive(): void {
    session.isDead = false
    alive = new AbortController()
  }

  function onRejoined(uid: number | string): void {
    const { signal } = alive
    rejoins.unshift(settings.clock.elapsed())
    tell('rejoined', { uid })
    if (!signal.aborted) void publish(signal)
  }

  /** One by one, each within its time limit, so that one that fails or hangs does not cost the others. */
  async function publish(signal: AbortSignal): Promise<void> {
    const publications = adapter.republish()
    const failures: unknown[] = []
    for (const act of publications) {
      const done = withTimeLimit('PUBLISH', settings, signal, act)
      await done.catch((error: unknown) => failures.push(error))
    }
    if (publications.length === 0 || signal.aborted) return
    tell('republished', { published: publications.length - failures.length, failures })
  }

  function giveUp(error: RenewError): void {
    flight = undefined
    setPhase('failed')
    tell('failed', error)
  }

  function cancelCountdown(): void {
    countdown?.cancel()
    countdown = undefined
  }

  function setPhase(next: Phase): void {
    const previous = phase
    if (next === previous || previous === 'disposed') return
    phase = next
    tell('phase', next, previous)
  }
}
