import type { EventEmitter } from 'eventemitter3'
import { type Countdown, startCountdown } from '../timing/countdown.ts'
import { stopwatch } from '../environment/clock.ts'
import type { LifecycleSignal } from '../environment/lifecycle.ts'
import { RenewError, stopped } from '../errors.ts'
import type { Phase, RenewerEvents } from '../events.ts'
import {
  ABORT,
  AWAKE,
  createFlight,
  type Flight,
  HURRY,
  type Landing,
  LINK_CHANGED,
} from './renewal-run.ts'
import { renewCalls } from './serial-renew.ts'
import type { Settings } from '../renewer-options.ts'
import type { Session } from './session-state.ts'
import type { RenewerActions } from '../renewer-actions.ts'
import type { EndCause, Notice, SessionAdapter } from '../session-adapter.ts'
import { tellThrough } from './emit-safely.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import { remainingMs, type TokenLife, tokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'

/** What keeps one session supplied: decides on flights, and what follows from how they end. */
export function createSupply(
  adapter: SessionAdapter,
  settings: Settings,
  emitter: EventEmitter<RenewerEvents>,
): RenewerActions {
  const tell = tellThrough(emitter)
  /** Codes of notices that the app has been given. */
  const noticed = new Set<string>()
  /** Into the session as it is: nothing is waited for that was handed to a dead one. */
  let hand = renewCalls(adapter)
  let phase: Phase = 'idle'
  let session: Session = { rejoins: [] }
  /** Of the tracks after a rejoin; aborted when the session ends or dies. */
  let publishing = new AbortController()
  let flight: Flight | undefined
  /** How the last flight ends. */
  let landing: Promise<Landing> | undefined
  let countdown: Countdown | undefined
  /** How to stop listening to the SDK and to the device. */
  const stops: (() => void)[] = []

  return {
    get phase() {
      return phase
    },
    get remainingMs() {
      return remainingMs(session.held)
    },
    join,
    start(first) {
      const ageMs = stopwatch(settings.clock)
      const life = first === undefined ? undefined : tokenLife(first, ageMs, settings, notify)
      if (adapter.link() !== 'online') throw stopped()
      restart()
      begin(life)
      return this
    },
    renew,
    leave,
    dispose,
  }

  async function join(): Promise<number | string> {
    if (flight?.reason !== 'join') {
      if (flight || phase === 'fresh' || adapter.link() !== 'down') {
        throw new RenewError('JOIN_FAILED', 'leave the session first')
      }
      restart()
      fly('join')
    }
    const landed = await landing
    return landed!.uid!
  }

  async function renew(): Promise<void> {
    if (flight) flight.wake(HURRY)
    else if (phase === 'fresh' || phase === 'failed') fly('manual')
    else throw stopped()
    await landing
  }

  async function leave(): Promise<void> {
    stop('left')
    await withTimeLimit('LEAVE', settings, () => adapter.leave())
  }

  function dispose(): void {
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
    session = { rejoins: [] }
    cancelCountdown()
    for (const unsubscribe of stops.splice(0)) unsubscribe()
    publishing.abort()
    ended?.wake(ABORT)
  }

  function begin(life: TokenLife | undefined): void {
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
  }

  function notify(code: Notice['code'], message: string): void {
    if (noticed.has(code)) return
    noticed.add(code)
    // Not before `start` is done: a listener may answer by leaving.
    void Promise.resolve().then(() => tell('notice', { code, message }))
  }

  function onWillExpire(): void {
    const { held } = session
    if (flight || !held || held.ageMs() >= held.settlingMs) hurry('will-expire')
  }

  function onExpired(): void {
    if (session.isDead) return
    session.isDead = true
    publishing.abort()
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
    landing = seeThrough(reason)
    // Whoever wants to know has `failed`, or the promise that `join` or `renew` returned.
    landing.catch(() => {})
  }

  async function seeThrough(reason: RenewReason): Promise<Landing> {
    const passed = stopwatch(settings.clock)
    cancelCountdown()
    const plan = {
      reason,
      settings,
      adapter,
      hand,
      session,
      tell,
      notify,
      onPhase: setPhase,
      onExpired,
    }
    const own = createFlight(plan)
    flight = own
    // The promise of this must be in place before any listener is told anything.
    await Promise.resolve()
    const landed = await own.run().catch((error: RenewError) => {
      if (flight === own) giveUp(error, reason)
      throw error
    })
    if (flight !== own) throw stopped()
    flight = undefined
    if (reason === 'join') begin(landed.life)
    else land(landed, reason, passed())
    return landed
  }

  function land({ life, uid, attempts }: Landing, reason: RenewReason, tookMs: number): void {
    const stay = session
    if (uid !== undefined) revive()
    hold(life)
    // Whoever was told of the phase or a notice may have ended it all.
    const isOurs = () => session === stay && session.held === life
    if (uid !== undefined && isOurs()) void onRejoined(uid)
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
    hand = renewCalls(adapter)
    publishing = new AbortController()
  }

  /** Publishes one by one, each in its time, so that one that fails or hangs does not cost the others. */
  async function onRejoined(uid: number | string): Promise<void> {
    const { signal } = publishing
    session.rejoins.unshift(settings.clock.elapsed())
    tell('rejoined', { uid })
    const publications = signal.aborted ? [] : adapter.republish()
    const failures: unknown[] = []
    for (const act of publications) {
      const done = withTimeLimit('PUBLISH', settings, act, signal)
      await done.catch((error: unknown) => failures.push(error))
    }
    if (publications.length === 0 || signal.aborted) return
    tell('republished', { published: publications.length - failures.length, failures })
  }

  function giveUp(error: RenewError, reason: RenewReason): void {
    if (reason === 'join') return end('idle')
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
