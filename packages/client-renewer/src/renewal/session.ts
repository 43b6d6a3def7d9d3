import { stopwatch } from '../environment/clock.ts'
import { type RenewError, toRenewError } from '../errors.ts'
import type { EndCause } from '../session-adapter.ts'
import { createInterruptibleWait, HURRY } from '../timing/interruptible-wait.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import type { Phase } from '../events.ts'
import { type Notify, remainingMs, type TokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'
import { type Emit, safely } from './emit-safely.ts'
import { checkWanted } from './perform.ts'
import { runRenewal } from './renewal-run.ts'
import { listenToDevice, listenToSdk } from './session-events.ts'
import type { Outcome, RenewerParts, SessionState } from './session-state.ts'
import { occupy } from './shared-client.ts'

/** One session, from its join or start until it is over. */
export interface Session extends SessionState {
  /** Takes over a session that has been joined with a token; undefined: the token is not known. */
  start(life: TokenLife | undefined): void
  /** Starts a run. There must be no other run in progress. */
  run(reason: RenewReason): void
  /** Ends everything that is done for the session. Does not tell the app. */
  end(): void
}

/**
 * Creates a session. It decides when a run starts, and what follows from the end of a run, the expiry of the token and
 * the end of the session.
 *
 * @param onEnd - called once when the session is over: with the cause, or without one when the join failed
 * @throws the error of the lifecycle's `subscribe`
 */
export function createSession(parts: RenewerParts, onEnd: (cause?: EndCause) => void): Session {
  const { adapter, clock, notify, phase, shared } = parts
  const controller = new AbortController()
  const { signal } = controller
  const wait = createInterruptibleWait(clock)
  const emit: Emit = (event, ...args) => {
    if (!signal.aborted) parts.emit(event, ...args)
  }
  const session: Session = {
    ...parts,
    signal,
    wait,
    rejoins: [],
    emit,
    enter,
    start,
    run,
    hurry,
    end,
    expired,
    claim,
    adopt,
    ended: onEnd,
  }
  /** The publishing after a rejoin; aborted when the session ends or its token expires again. */
  let publishing = new AbortController()
  /** Stop listening to the SDK and to the device. */
  const stops = [listenToDevice(session)]
  return session

  function start(life: TokenLife | undefined): void {
    claim()
    try {
      stops.push(listenToSdk(session))
    } catch (cause) {
      onEnd()
      // A session that this renewer has joined, it leaves.
      if (session.result) occupy(shared, adapter.leave()).catch(() => {})
      throw toRenewError(cause, 'JOIN')
    }
    // The session may have ended before, or during that call.
    if (signal.aborted) end()
    else if (adapter.link() === 'down') onEnd('lost')
    else if (life) useToken(life)
    else run('start')
  }

  function enter(next: Phase): void {
    if (!signal.aborted) phase.set(next)
    // A listener of the phase may have ended the session.
    checkWanted(session)
  }

  function claim(): void {
    const { giveWay: before } = shared
    shared.giveWay = giveWay
    if (before !== giveWay) void before?.(notify)
  }

  async function giveWay(tell: Notify): Promise<void> {
    onEnd()
    await Promise.resolve()
    // As when React replaces a component.
    if (phase.now === 'disposed') return
    tell('TAKEN_OVER')
    notify('TAKEN_OVER')
  }

  function end(): void {
    if (shared.giveWay === giveWay) shared.giveWay = undefined
    for (const stop of stops) safely(stop)
    publishing.abort()
    controller.abort()
    wait.end()
  }

  /** The SDK has accepted a token: schedules the next renewal, unless another run comes first. */
  function useToken(life: TokenLife): void {
    session.life = life
    const inMs = life.renewAtMs - life.ageMs()
    if (inMs < Infinity) {
      void wait.start(inMs).then(() => session.reason || signal.aborted || run('schedule'))
    }
    phase.set('fresh')
  }

  /** The token has ended the session: once for each token, reported by the SDK or detected by the run. */
  function expired(): void {
    const { isExpired, life } = session
    if (isExpired) return
    session.isExpired = true
    // Also when it was believed to live longer: nothing may count on time that it does not have.
    if (life) session.life = { ...life, lifeMs: Math.min(life.lifeMs, life.ageMs()) }
    publishing.abort()
    emit('expired')
    hurry('expired')
  }

  function adopt(): void {
    session.isExpired = false
    delete session.life
    emit('rejoined', { uid: adapter.scope().user ?? '' })
  }

  /** One run at a time: speeds it up, or starts one. After `failed`, only the app starts another. */
  function hurry(reason: RenewReason): void {
    const { reason: current } = session
    // A pending renewal becomes one that the app has asked for, which may do more.
    if (current && current !== 'join' && reason === 'manual') session.reason = reason
    if (current) wait.interrupt(HURRY)
    else if (phase.now === 'fresh' || (phase.now === 'failed' && reason === 'manual')) run(reason)
  }

  function run(reason: RenewReason): void {
    session.reason = reason
    wait.end()
    session.result = follow(reason)
    // The app learns of a failure from `failed`, or from the promise that `join` or `renew` has returned.
    session.result.catch(() => {})
  }

  /** Waits for the end of a run, and handles its result unless the session is over. */
  async function follow(reason: RenewReason): Promise<Outcome> {
    const passed = stopwatch(clock)
    // `result` must be set before a listener of the app is called.
    await Promise.resolve()
    const outcome = await runRenewal(session).catch(giveUp)
    checkWanted(session)
    session.reason = undefined
    if (reason !== 'join') complete(outcome, reason, passed())
    else {
      start(outcome.life)
      emit('joined', { uid: outcome.uid! })
      // A listener may have left.
      checkWanted(session)
    }
    return outcome
  }

  /** A run has succeeded: the token is in use, in the same session or in a new one. */
  function complete({ life, uid, attempts }: Outcome, reason: RenewReason, tookMs: number): void {
    const isRejoin = uid !== undefined
    if (isRejoin) {
      session.isExpired = false
      session.rejoins.unshift(clock.elapsed())
      publishing = new AbortController()
    }
    useToken(life)
    if (isRejoin) {
      emit('rejoined', { uid })
      void republish(session, publishing.signal)
    }
    const via = isRejoin ? 'rejoin' : 'renew'
    emit('renewed', { via, reason, attempts, tookMs, remainingMs: remainingMs(life) })
    // The token may have ended the session again, or the SDK may have lost it, while the run was ending.
    if (session.reason || signal.aborted) return
    if (session.isExpired) run('expired')
    else if (adapter.link() === 'down') onEnd('lost')
  }

  /** A run has failed for good. A session that could not be joined is over; any other continues. */
  function giveUp(error: RenewError): never {
    checkWanted(session)
    if (session.reason === 'join') onEnd()
    else {
      session.reason = undefined
      phase.set('failed')
      emit('failed', error)
    }
    throw error
  }
}

/**
 * Publishes the tracks again after a rejoin, one after the other and each within a time limit, so that one that fails
 * or hangs does not affect the others. Reports the result to the app.
 *
 * @param signal - aborted when the session ends or its token expires again
 */
async function republish(session: SessionState, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = []
  let published = 0
  const note = (error: unknown) => failures.push(error)
  try {
    for (const publish of session.adapter.republish()) {
      const done = withTimeLimit('PUBLISH', session, publish, signal)
      await done.then((result) => result !== false && published++, note)
    }
  } catch (error) {
    note(error)
  }
  if (signal.aborted || published + failures.length === 0) return
  session.emit('republished', { published, failures })
}
