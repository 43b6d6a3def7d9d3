import { startCountdown } from './countdown.ts'
import { stopwatch } from './environment/clock.ts'
import {
  type Failing,
  isRenewError,
  lateError,
  RenewError,
  stopped,
  toRenewError,
} from './errors.ts'
import type { Phase } from './events.ts'
import type { RenewCalls } from './renew-calls.ts'
import type { Settings } from './renewer-options.ts'
import { retryDelay } from './retry-delay.ts'
import type { Session } from './session.ts'
import type { SessionAdapter } from './session-adapter.ts'
import type { Tell } from './tell.ts'
import { withTimeLimit } from './time-limit.ts'
import { checkFresh, remainingMs, type TokenLife, tokenLife } from './token-life.ts'
import type { RenewReason } from './token-source.ts'

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
  readonly calls: RenewCalls
  readonly session: Session
  /** When the session was brought back, by `elapsed`, the last time first. */
  readonly rejoins: readonly number[]
  readonly tell: Tell
  readonly onPhase: (phase: Phase) => void
  /** The flight itself found that the token in use has ended the session. */
  readonly onExpired: () => void
}

/** The end of a flight that went well: the token that the SDK has taken. */
interface Landing {
  readonly life: TokenLife
  /** As whom the session was joined, or joined again; undefined: it was renewed. */
  readonly uid?: number | string | undefined
}

/** The first join, or one that brought the session back. */
interface Joined extends Landing {
  readonly uid: number | string
}

/** One renewal that is under way. */
export interface Flight {
  /** Ends the wait in progress, if that is for something less urgent. */
  wake(urgency: number): void
  /** Resolves when the SDK has taken a token; rejects when no further try can help. */
  run(): Promise<Landing & { readonly attempts: number }>
  /** Joins for the first time; a second time when the token was refused as one that has ended. */
  join(): Promise<Joined>
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
  const { reason, settings, adapter, calls, session, rejoins, tell, onPhase, onExpired } = plan
  const LOOK_AGAIN_MS = 30_000
  const controller = new AbortController()
  const { signal } = controller
  let wake: ((urgency: number) => void) | undefined
  /** Fetched and not yet taken by the SDK. */
  let spare: TokenLife | undefined

  return {
    wake(urgency) {
      if (urgency === ABORT) controller.abort()
      wake?.(urgency)
    },
    run,
    join,
  }

  async function run(): Promise<Landing & { readonly attempts: number }> {
    for (let attempts = 1; ; attempts++) {
      try {
        return { ...(await land(attempts)), attempts }
      } catch (cause) {
        await pause(toRenewError(cause, 'RENEW'), attempts)
      }
    }
  }

  async function join(count = 1): Promise<Joined> {
    show('joining')
    const life = await fetch(count)
    try {
      return { life, uid: await enter('JOIN', life) }
    } catch (error) {
      if (count > 1 || !isRefusedAsExpired(error)) throw error
      return join(2)
    }
  }

  async function land(attempt: number): Promise<Landing> {
    for (;;) {
      const life = await token(attempt)
      if (session.isDead) return rejoin(life)
      if (adapter.link() === 'online') {
        const taken = await renew(life)
        if (taken) return { life: taken }
      } else await hold()
    }
  }

  async function token(attempt: number): Promise<TokenLife> {
    showWork()
    if (spare && spare.ageMs() < spare.lifeMs / 2) return spare
    if (session.isOffline) {
      // Not for ever: some devices say that they are offline and are not.
      show('waiting')
      await rest(LOOK_AGAIN_MS, AWAKE)
      showWork()
    }
    const life = await fetch(attempt)
    checkFresh(life, session)
    spare = life
    return life
  }

  /** Its life is counted from when it was asked for: rather too short than too long. */
  async function fetch(attempt: number): Promise<TokenLife> {
    checkWanted()
    tell('fetching', { reason, attempt })
    const ageMs = stopwatch(settings.clock)
    const previousToken = session.held?.token
    const request = { reason, scope: adapter.scope(), attempt, previousToken }
    const ask = (signal: AbortSignal) => settings.source({ ...request, signal })
    return tokenLife(await perform('SOURCE', ask), ageMs, settings, request)
  }

  /** Nothing comes back when the situation has changed and wants a new look. */
  async function renew(life: TokenLife): Promise<TokenLife | undefined> {
    const ms = settings.sdkTimeoutMs
    const waited = rest(ms, LINK_CHANGED)
    const call = calls.hand(life)
    const end = await Promise.race([call.done, waited])
      .catch((cause: unknown) => {
        if (session.isDead) return 'woken'
        // Refused, or lost with the connection: the reason given is not reliable, so ask for another.
        spare = undefined
        throw cause
      })
      .finally(() => wake?.(ABORT))
    if (end === 'elapsed') throw lateError('RENEW', ms)
    return end === 'woken' || session.isDead ? undefined : call.life
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

  async function rejoin(life: TokenLife): Promise<Joined> {
    showWork()
    // The SDK has not finished with the old session while it is still telling of its end.
    await rest(0, ABORT)
    calls.forget()
    // The token is spent either way: if joining fails, it may be because of it.
    spare = undefined
    return { life, uid: await enter('REJOIN', life) }
  }

  function enter(deed: 'JOIN' | 'REJOIN', { token, user }: TokenLife): Promise<number | string> {
    return perform(deed, (signal) => {
      const request = { token, user, signal }
      return deed === 'JOIN' ? adapter.join(request) : adapter.rejoin(request)
    })
  }

  /** Does something within its time limit; whatever goes wrong with it is a `RenewError`. */
  function perform<T>(deed: Failing, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    return withTimeLimit(deed, settings, signal, work).catch((cause: unknown) => {
      throw toRenewError(cause, deed)
    })
  }

  async function pause(error: RenewError, attempt: number): Promise<void> {
    if (!error.retryable) throw error
    const remaining = remainingMs(session.held)
    const random = settings.random()
    const inMs = retryDelay({ attempt, error, remainingMs: remaining, random })
    checkWanted()
    tell('retry', { error, attempt, inMs })
    show('waiting')
    await rest(inMs, error.retryAfterMs === undefined ? AWAKE : HURRY)
  }

  function rest(ms: number, patience: number): Promise<'elapsed' | 'woken'> {
    checkWanted()
    return new Promise((resolve) => {
      const countdown = startCountdown(settings.clock, ms, () => end('elapsed'))
      wake = (urgency) => {
        if (urgency >= patience) end('woken')
        // The device may have slept past the time.
        else if (urgency === AWAKE) countdown.look()
      }

      function end(how: 'elapsed' | 'woken'): void {
        wake = undefined
        countdown.cancel()
        resolve(how)
      }
    })
  }

  function showWork(): void {
    if (session.isDead) checkRejoin()
    show(session.isDead ? 'rejoining' : 'renewing')
  }

  /** Refuses to bring back what dies again and again, or what the app wants to bring back itself. */
  function checkRejoin(): void {
    // Tokens that are dead on arrival would have the client join and fall out without a pause.
    const MAX_REJOINS = 5
    const WINDOW_MS = 120_000
    if (settings.clock.elapsed() - (rejoins[MAX_REJOINS - 1] ?? -Infinity) < WINDOW_MS) {
      throw new RenewError(
        'REJOIN_LIMIT',
        'the token ended the session right after each of 5 rejoins',
      )
    }
    if (settings.rejoin === 'manual' && reason !== 'manual') {
      throw new RenewError(
        'REJOIN_MANUAL',
        'the token has ended the session; renew() brings it back',
      )
    }
  }

  function show(phase: Phase): void {
    checkWanted()
    onPhase(phase)
  }

  function checkWanted(): void {
    if (signal.aborted) throw stopped()
  }

  /** Whether a first join was refused because its token has ended: then another token may do. */
  function isRefusedAsExpired(error: unknown): boolean {
    if (!isRenewError(error) || error.code !== 'JOIN_FAILED') return false
    return adapter.isExpired?.(error.cause) ?? /expire/i.test(String(error.cause))
  }
}
