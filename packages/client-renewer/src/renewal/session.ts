import { stopwatch } from '../environment/clock.ts'
import type { RenewError } from '../errors.ts'
import type { EndCause } from '../session-adapter.ts'
import { createInterruptibleWait, HURRY } from '../timing/interruptible-wait.ts'
import { remainingMs, type TokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'
import { checkWanted } from './perform.ts'
import { runRenewal } from './renewal-run.ts'
import { republish } from './republish.ts'
import { listen } from './session-events.ts'
import { serialRenew } from './serial-renew.ts'
import type { Outcome, RenewerParts, SessionState } from './session-state.ts'

/** One session, from its join or its start until it is over. */
export interface Session extends SessionState {
  /** Takes over a session that has been joined. Undefined: with a token that is not known. */
  start(life: TokenLife | undefined): void
  /** Starts a run. Only while there is none. */
  run(reason: RenewReason): void
  /** Ends everything that happens for the session. Tells the app nothing. */
  end(): void
}

/**
 * Creates a session. What stands here are the rules: when a run is started, and what follows from what
 * the SDK and the device tell and from how a run ends.
 *
 * @param onEnd - told once when the session is over: with the cause, or without one when the join failed
 */
export function createSession(parts: RenewerParts, onEnd: (cause?: EndCause) => void): Session {
  const { adapter, clock, emit, phase } = parts
  const controller = new AbortController()
  const { signal } = controller
  const wait = createInterruptibleWait(clock)
  const session: Session = {
    ...parts,
    signal,
    wait,
    rejoins: [],
    start,
    run,
    hurry,
    end,
    expired,
  }
  /** Of the tracks after a rejoin. Aborted when the session ends, or is ended by its token again. */
  let publishing = new AbortController()
  /** How to stop listening to the SDK and to the device. */
  let stops: readonly (() => void)[] = []
  return session

  function start(life: TokenLife | undefined): void {
    stops = listen(session, onEnd)
    // It may have ended before anything listened, or within the calls above.
    if (signal.aborted) end()
    else if (adapter.link() === 'down') onEnd('lost')
    else if (life) useToken(life)
    else run('start')
  }

  function end(): void {
    for (const stop of stops) stop()
    publishing.abort()
    controller.abort()
    wait.end()
  }

  function useToken(life: TokenLife): void {
    session.life = life
    const inMs = life.renewAtMs - life.ageMs()
    if (inMs < Infinity)
      void wait.start(inMs).then(() => session.reason || signal.aborted || run('schedule'))
    phase.set('fresh')
  }

  function expired(): void {
    if (session.isExpired) return
    session.isExpired = true
    publishing.abort()
    emit('expired')
    hurry('expired')
  }

  // After `failed` only the app can start another run.
  function hurry(reason: RenewReason): void {
    if (session.reason) wait.interrupt(HURRY)
    else if (phase.now === 'fresh' || (phase.now === 'failed' && reason === 'manual')) run(reason)
  }

  function run(reason: RenewReason): void {
    session.reason = reason
    wait.end()
    session.result = follow(reason)
    // The app learns of a failure by `failed`, or by the promise that `join` or `renew` returned.
    session.result.catch(() => {})
  }

  async function follow(reason: RenewReason): Promise<Outcome> {
    const passed = stopwatch(clock)
    // `result` must be in place before a listener of the app is called.
    await Promise.resolve()
    const outcome = await runRenewal(reason, session).catch(giveUp)
    checkWanted(session)
    session.reason = undefined
    if (reason === 'join') start(outcome.life)
    else complete(outcome, reason, passed())
    return outcome
  }

  function complete({ life, uid, attempts }: Outcome, reason: RenewReason, tookMs: number): void {
    const isRejoin = uid !== undefined
    if (isRejoin) {
      session.isExpired = false
      session.rejoins.unshift(clock.elapsed())
      session.renew = parts.renew = serialRenew(adapter)
      publishing = new AbortController()
    }
    useToken(life)
    // A listener that was told of the phase may have ended the session; so may the next one.
    if (signal.aborted) return
    if (isRejoin) {
      emit('rejoined', { uid })
      void republish(session, publishing.signal)
      if (signal.aborted) return
    }
    const via = isRejoin ? 'rejoin' : 'renew'
    emit('renewed', { via, reason, attempts, tookMs, remainingMs: remainingMs(life) })
    // The session may have ended, or been ended by its token again, while the run was ending.
    if (phase.now !== 'fresh') return
    if (session.isExpired) run('expired')
    else if (adapter.link() === 'down') expired()
  }

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
