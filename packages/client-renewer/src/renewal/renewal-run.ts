import { startCountdown } from '../timing/countdown.ts'
import { stopwatch } from '../environment/clock.ts'
import { type Failing, type RenewError, stopped, toRenewError } from '../errors.ts'
import type { Phase } from '../events.ts'
import { checkFresh } from './check-fresh.ts'
import type { RenewCall } from './serial-renew.ts'
import type { Settings } from '../renewer-options.ts'
import { checkRejoin } from './rejoin-limit.ts'
import { retryDelay } from '../timing/retry-delay.ts'
import { saysExpired } from './is-expired-error.ts'
import type { Session } from './session-state.ts'
import type { SessionAdapter } from '../session-adapter.ts'
import type { Tell } from './emit-safely.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import { type Notify, remainingMs, type TokenLife, tokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'

// Why to stop waiting, from the least urgent on. A wait ends for what is at least as urgent as it says.
/** Look again where to hand the token. */
export const LINK_CHANGED = 0
/** The device is awake or online again: try now, unless the server has said when. */
export const AWAKE = 1
/** The time is running out: do not wait for the next try. */
export const HURRY = 2
/** Stop wherever it is. No timer is left, and nothing more happens. */
export const ABORT = 3

/** What a flight needs to know, and whom it tells how it goes. */
export interface FlightPlan {
  readonly reason: RenewReason
  readonly settings: Settings
  readonly adapter: SessionAdapter
  readonly hand: RenewCall
  readonly session: Session
  readonly tell: Tell
  readonly notify: Notify
  readonly onPhase: (phase: Phase) => void
  /** The flight itself found that the token in use has ended the session. */
  readonly onExpired: () => void
}

/** The end of a flight that went well: the token that the SDK has taken. */
export interface Landing {
  readonly life: TokenLife
  /** As whom the session was joined, or joined again; undefined: it was renewed. */
  readonly uid?: number | string
  /** How many tries it took. */
  readonly attempts: number
}

/** One renewal, or the first join, that is under way. */
export interface Flight {
  readonly reason: RenewReason
  /** Ends the wait in progress, if that is for something less urgent. */
  wake(urgency: number): void
  /** Resolves when the SDK has taken a token; rejects when no further try can help. */
  run(): Promise<Landing>
}

/**
 * One renewal, from asking for a token to the SDK having taken it, with as many tries as it takes.
 * Where the token has to go is decided when it is there: into the session if that is alive, into a
 * new one if its token has ended it, and nowhere while the SDK is reconnecting.
 *
 * A flight can be aborted at any moment, also by a listener that it tells something. Hence whatever
 * has an effect checks first (`checkWanted`) whether it is still wanted.
 */
export function createFlight(plan: FlightPlan): Flight {
  const { reason, settings, adapter, hand, session, tell, notify, onPhase, onExpired } = plan
  const LOOK_AGAIN_MS = 30_000
  const controller = new AbortController()
  const { signal } = controller
  let attempts = 1
  let wake: ((urgency: number) => void) | undefined
  /** Fetched and not yet taken by the SDK. */
  let spare: TokenLife | undefined

  return {
    reason,
    wake(urgency) {
      if (urgency === ABORT) controller.abort()
      wake?.(urgency)
    },
    run,
  }

  async function run(): Promise<Landing> {
    for (;;) {
      try {
        return await land()
      } catch (cause) {
        await goOn(toRenewError(cause, 'RENEW'))
        attempts++
      }
    }
  }

  async function land(): Promise<Landing> {
    if (reason === 'join') return join()
    for (;;) {
      const life = await token()
      if (session.isDead) return rejoin(life)
      if (adapter.link() === 'online') {
        const taken = await renew(life)
        if (taken) return { life: taken, attempts }
      } else await hold()
    }
  }

  async function join(): Promise<Landing> {
    show('joining')
    return enter('JOIN', 'join', await fetch())
  }

  async function token(): Promise<TokenLife> {
    showWork()
    if (spare && spare.ageMs() < spare.lifeMs / 2) return spare
    if (session.isOffline) {
      // Not for ever: some devices say that they are offline and are not.
      show('waiting')
      await rest(LOOK_AGAIN_MS, AWAKE)
      showWork()
    }
    const life = await fetch()
    checkFresh(life, session)
    spare = life
    return life
  }

  /** Its life is counted from when it was asked for: rather too short than too long. */
  async function fetch(): Promise<TokenLife> {
    checkWanted()
    tell('fetching', { reason, attempt: attempts })
    const ageMs = stopwatch(settings.clock)
    const previousToken = session.held?.token
    const request = { reason, scope: adapter.scope(), attempt: attempts, previousToken }
    const ask = (signal: AbortSignal) => settings.source({ ...request, signal })
    return tokenLife(await perform('SOURCE', ask), ageMs, settings, notify, request)
  }

  /** Nothing comes back when the situation has changed and wants a new look. */
  async function renew(life: TokenLife): Promise<TokenLife | undefined> {
    const changeOr = () => Promise.race([handOver(life), rest(Infinity, LINK_CHANGED)])
    const taken = await perform('RENEW', changeOr).finally(() => wake?.(ABORT))
    return session.isDead ? undefined : taken
  }

  function handOver(life: TokenLife): Promise<TokenLife | undefined> {
    return hand(life).catch((cause: unknown) => {
      if (session.isDead) return undefined
      // Refused, or lost with the connection: the reason given is not reliable, so ask for another.
      spare = undefined
      throw cause
    })
  }

  /** Waits for the SDK to be back in the channel, or for the moment at which it will never be. */
  async function hold(): Promise<void> {
    // How long after its token's end a session may go on reconnecting before it is started anew.
    const RECONNECT_GRACE_MS = 8_000
    const patienceMs = () => (remainingMs(session.held) ?? LOOK_AGAIN_MS) + RECONNECT_GRACE_MS
    show('waiting')
    await rest(Math.min(patienceMs(), LOOK_AGAIN_MS), LINK_CHANGED)
    checkWanted()
    // Some refusals of a dead token make the SDK reconnect for ever without telling anybody.
    if (adapter.link() === 'unsettled' && patienceMs() <= 0) onExpired()
  }

  async function rejoin(life: TokenLife): Promise<Landing> {
    showWork()
    // The SDK has not finished with the old session while it is still telling of its end.
    await rest(0, ABORT)
    // The token is spent either way: if joining fails, it may be because of it.
    spare = undefined
    return enter('REJOIN', 'rejoin', life)
  }

  async function enter(
    deed: 'JOIN' | 'REJOIN',
    how: 'join' | 'rejoin',
    life: TokenLife,
  ): Promise<Landing> {
    const uid = await perform(deed, (signal) => adapter[how]({ ...life, signal }))
    return { life, uid, attempts }
  }

  /** Does something within its time limit; whatever goes wrong with it is a `RenewError`. */
  function perform<T>(deed: Failing, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    return withTimeLimit(deed, settings, work, signal).catch((cause: unknown) => {
      throw toRenewError(cause, deed)
    })
  }

  /** Whether to try again, and when: a join once more at most, and a renewal after a pause. */
  async function goOn(error: RenewError): Promise<void> {
    if (reason === 'join') {
      if (attempts > 1 || !isRefusedAsExpired(error)) throw error
      return
    }
    if (!error.retryable) throw error
    const inMs = retryDelay({
      attempt: attempts,
      error,
      remainingMs: remainingMs(session.held),
      random: settings.random(),
    })
    checkWanted()
    tell('retry', { error, attempt: attempts, inMs })
    show('waiting')
    await rest(inMs, error.retryAfterMs ? HURRY : AWAKE)
  }

  function rest(ms: number, patience: number): Promise<undefined> {
    checkWanted()
    return new Promise((resolve) => {
      const countdown = startCountdown(settings.clock, ms, end)
      wake = (urgency) => {
        if (urgency >= patience) end()
        // The device may have slept past the time.
        else countdown.look()
      }

      function end(): void {
        wake = undefined
        countdown.cancel()
        resolve(undefined)
      }
    })
  }

  function showWork(): void {
    if (session.isDead) checkRejoin(reason, session, settings)
    show(session.isDead ? 'rejoining' : 'renewing')
  }

  function show(phase: Phase): void {
    checkWanted()
    onPhase(phase)
  }

  function checkWanted(): void {
    if (signal.aborted) throw stopped()
  }

  /** Whether a first join was refused because its token has ended: then another token may do. */
  function isRefusedAsExpired({ code, cause }: RenewError): boolean {
    return code === 'JOIN_FAILED' && (adapter.isExpired?.(cause) ?? saysExpired(cause))
  }
}
