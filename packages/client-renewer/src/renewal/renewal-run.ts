import { type RenewError, toRenewError } from '../errors.ts'
import { AWAKE, HURRY, LINK_CHANGED, type Urgency } from '../timing/interruptible-wait.ts'
import { retryDelay } from '../timing/retry-delay.ts'
import { remainingMs, type TokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'
import { checkFresh } from './check-fresh.ts'
import { fetchToken } from './fetch-token.ts'
import { checkWanted, perform } from './perform.ts'
import { checkRejoin } from './rejoin-limit.ts'
import type { Outcome, SessionState } from './session-state.ts'

/**
 * Runs one renewal: from asking for a token to the SDK having taken it, with as many attempts as it
 * takes. Where the token goes is decided when it is there: into the session while that is alive; into a
 * new one when its token has ended it; nowhere while the SDK is reconnecting. The first join is a run too.
 *
 * @throws {RenewError} when no further attempt can help; STOPPED when the session is over
 */
export function runRenewal(reason: RenewReason, session: SessionState): Promise<Outcome> {
  const { adapter, phase, wait } = session
  const LOOK_AGAIN_MS = 30_000
  let attempts = 1
  /** Fetched, and not taken by the SDK yet. */
  let spare: TokenLife | undefined
  return run()

  async function run(): Promise<Outcome> {
    for (;;) {
      try {
        const outcome = await attempt()
        if (outcome) return outcome
      } catch (cause) {
        await pause(toRenewError(cause, 'RENEW'))
        attempts++
      }
    }
  }

  /** Resolves with undefined when the situation has changed, so that it has to be looked at again. */
  async function attempt(): Promise<Outcome | undefined> {
    if (reason === 'join') return join()
    const life = await nextToken()
    if (session.isExpired) return rejoin(life)
    return adapter.link() === 'online' ? renew(life) : waitForLink()
  }

  async function join(): Promise<Outcome> {
    checkWanted(session)
    phase.set('joining')
    const life = await fetchToken(session, reason, attempts)
    const uid = await perform(session, 'JOIN', (signal) => adapter.join({ ...life, signal }))
    return { life, uid, attempts }
  }

  async function nextToken(): Promise<TokenLife> {
    showWork()
    if (spare && spare.ageMs() < spare.lifeMs / 2) return spare
    if (session.isOffline) {
      // Not for ever: some devices say that they are offline and are not.
      await waiting(LOOK_AGAIN_MS, AWAKE)
      showWork()
    }
    const life = await fetchToken(session, reason, attempts)
    checkFresh(life, session)
    spare = life
    return life
  }

  async function renew(life: TokenLife): Promise<Outcome | undefined> {
    try {
      const taken = await perform(session, 'RENEW', () =>
        Promise.race([session.renew(life), wait.start(Infinity, LINK_CHANGED)]),
      )
      return taken && !session.isExpired ? { life: taken, attempts } : undefined
    } catch (error) {
      if (session.isExpired) return undefined
      // Refused, or lost with the connection: the SDK's reason is not reliable, so ask for another token.
      // But a call that is only late is waited for again.
      if (toRenewError(error, 'RENEW').code !== 'RENEW_TIMEOUT') spare = undefined
      throw error
    } finally {
      wait.end()
    }
  }

  /** Waits until the SDK is back in the channel, or until it can be told that it never will be. */
  async function waitForLink(): Promise<undefined> {
    // How long after the end of its token a session may go on reconnecting before it is joined anew.
    const RECONNECT_GRACE_MS = 8_000
    const patienceMs = () => (remainingMs(session.life) ?? LOOK_AGAIN_MS) + RECONNECT_GRACE_MS
    await waiting(Math.min(patienceMs(), LOOK_AGAIN_MS), LINK_CHANGED)
    checkWanted(session)
    // After some refusals of an expired token the SDK reconnects for ever and tells nothing.
    if (adapter.link() === 'unsettled' && patienceMs() <= 0) session.expired()
  }

  async function rejoin(life: TokenLife): Promise<Outcome> {
    showWork()
    // The SDK is not done with the old session while it still tells of its end: not in the same stack.
    await wait.start(0)
    // The token is spent either way: when the join fails, that may be because of it.
    spare = undefined
    const uid = await perform(session, 'REJOIN', (signal) => adapter.rejoin({ ...life, signal }))
    return { life, uid, attempts }
  }

  /** After a failed attempt: waits until the next one is due, or gives up. */
  async function pause(error: RenewError): Promise<void> {
    if (reason === 'join') return checkJoinAgain(error)
    if (!error.retryable) throw error
    const failed = { attempt: attempts, error }
    const inMs = retryDelay({
      ...failed,
      remainingMs: remainingMs(session.life),
      random: session.random(),
    })
    checkWanted(session)
    session.emit('retry', { ...failed, inMs })
    await waiting(inMs, error.retryAfterMs ? HURRY : AWAKE)
  }

  /** A first join is tried once more, with another token, when the first token had expired meanwhile. */
  function checkJoinAgain(error: RenewError): void {
    const { code, cause } = error
    const isExpired = () => adapter.isExpired?.(cause) ?? isExpiredError(cause)
    if (attempts > 1 || code !== 'JOIN_FAILED' || !isExpired()) throw error
  }

  function waiting(ms: number, least: Urgency): Promise<void> {
    checkWanted(session)
    phase.set('waiting')
    return wait.start(ms, least)
  }

  function showWork(): void {
    if (session.isExpired) checkRejoin(reason, session)
    checkWanted(session)
    phase.set(session.isExpired ? 'rejoining' : 'renewing')
  }
}

/**
 * Whether an SDK refuses a token because that has expired. SDKs say so in the error's code, in its
 * message, or in a description beside it.
 */
function isExpiredError(error: unknown): boolean {
  const { code, data }: { code?: unknown; data?: { desc?: unknown } } = Object(error)
  return /expire|token timeout/i.test([code, error, data?.desc].join())
}
