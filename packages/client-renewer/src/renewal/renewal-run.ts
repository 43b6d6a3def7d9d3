import { stopwatch } from '../environment/clock.ts'
import { failure, type RenewError, toRenewError } from '../errors.ts'
import { AWAKE, HURRY, LINK_CHANGED, type Urgency } from '../timing/interruptible-wait.ts'
import { retryDelay } from '../timing/retry-delay.ts'
import { remainingMs, type TokenLife } from '../token/token-life.ts'
import { fetchToken } from './fetch-token.ts'
import { checkWanted, perform } from './perform.ts'
import type { Outcome, SessionState } from './session-state.ts'
import { occupy, renewSerially } from './shared-client.ts'

/**
 * Runs one renewal, from the request for a token until the SDK has accepted it, with as many attempts as necessary.
 * When the token has arrived, the run hands it over if the session is alive, rejoins with it if the old token has ended
 * the session, and keeps it while the SDK is reconnecting. The first join is a run too.
 *
 * @throws {RenewError} when no further attempt can help; STOPPED when the session is over
 */
export function runRenewal(session: SessionState): Promise<Outcome> {
  const { adapter, pace, shared, wait } = session
  const isJoin = session.reason === 'join'
  const LOOK_AGAIN_MS = 30_000
  let attempts = 1
  /** A fetched token that the SDK has not accepted yet. */
  let spare: TokenLife | undefined
  return run()

  async function run(): Promise<Outcome> {
    for (;;) {
      for (let ms = pace(); ms > 0; ms = pace()) {
        // The session may have ended before the run began.
        checkWanted(session)
        await wait.start(ms)
      }
      const passed = stopwatch(session.clock)
      try {
        const outcome = await attempt()
        if (outcome) return outcome
      } catch (cause) {
        await pause(toRenewError(cause, 'RENEW'), passed())
        attempts++
      }
    }
  }

  /** Resolves with `undefined` when the situation has changed, so that the run must decide again. */
  async function attempt(): Promise<Outcome | undefined> {
    if (isJoin) return join()
    const life = await nextToken()
    showWork()
    if (session.isExpired) return rejoin(life)
    return adapter.link() === 'online' ? renew(life) : waitForLink()
  }

  async function join(): Promise<Outcome> {
    session.enter('joining')
    if (adapter.link() !== 'down') {
      // Wait until another session of this client has left or undone its join.
      await perform(session, 'JOIN', () => shared.busy).catch(() => {})
      checkWanted(session)
      if (adapter.link() !== 'down') throw failure('JOIN_FAILED')
    }
    session.claim()
    const life = await fetchToken(session, attempts)
    const uid = await perform(session, 'JOIN', (signal) =>
      occupy(shared, adapter.join({ ...life, signal })),
    )
    return { life, uid, attempts }
  }

  async function nextToken(): Promise<TokenLife> {
    showWork()
    if (spare && !isOld(spare)) return spare
    // Only for a while, and not while the user is out: some devices wrongly report that they are offline.
    if (session.isOffline && !session.isExpired) {
      await waiting(LOOK_AGAIN_MS, AWAKE)
      showWork()
    }
    const fetched = await fetchToken(session, attempts)
    return (spare = fresh(fetched, session))
  }

  async function renew(life: TokenLife): Promise<Outcome | undefined> {
    try {
      const taken = await perform(session, 'RENEW', () =>
        Promise.race([renewSerially(shared, adapter, life), wait.start(Infinity, LINK_CHANGED)]),
      )
      return taken && !session.isExpired ? { life: taken, attempts } : undefined
    } catch (error) {
      if (session.isExpired) return undefined
      // Refused, or lost with the connection. The SDK's reason is not reliable, so the next attempt fetches
      // another token; but after a timeout it waits for the same call again.
      if (Object(error).code !== 'RENEW_TIMEOUT') spare = undefined
      throw error
    } finally {
      wait.end()
    }
  }

  /** Waits until the SDK is back in the channel, or will certainly not come back. */
  async function waitForLink(): Promise<undefined> {
    // How long a session may keep reconnecting after its token has expired.
    const RECONNECT_GRACE_MS = 8_000
    const patienceMs = () => (remainingMs(session.life) ?? LOOK_AGAIN_MS) + RECONNECT_GRACE_MS
    const isDown = adapter.link() === 'down'
    // The reason may follow.
    if (isDown) await waiting(0, HURRY)
    else await waiting(Math.min(patienceMs(), LOOK_AGAIN_MS), LINK_CHANGED)
    checkWanted(session)
    if (session.isExpired) return
    if (isDown && adapter.link() === 'down') session.ended('lost')
    // After some refusals of an expired token, the SDK reconnects for ever and does not report it.
    else if (adapter.link() === 'unsettled' && patienceMs() <= 0) session.expired()
  }

  async function rejoin(life: TokenLife): Promise<Outcome | undefined> {
    // Not inside the SDK's callback about the expiry: it has not finished with the old session.
    await wait.start(0)
    if (adapter.link() === 'online') return undefined
    // If the rejoin fails, the token may be the reason: the next attempt fetches another one.
    spare = undefined
    let used = life
    const uid = await perform(session, 'REJOIN', (signal, untimed) => {
      const request = { ...life, signal, callApp }
      return occupy(shared, adapter.rejoin(request))

      function callApp<T>(work: () => Promise<T>, limitMs?: number): Promise<T> {
        return untimed(async () => {
          const result = await work()
          // The next attempt may be waiting for it as well.
          checkWanted(request)
          if (isOld(used)) Object.assign(request, (used = await fetchToken(session, attempts)))
          return result
        }, limitMs)
      }
    })
    return { life: used, uid, attempts }
  }

  /** After a failed attempt: waits until the next one is due, or gives up. */
  async function pause(error: RenewError, tookMs: number): Promise<void> {
    if (isJoin) return checkJoinAgain(error)
    if (!error.retryable) throw error
    const failed = { attempt: attempts, error }
    const inMs = retryDelay({
      ...failed,
      tookMs,
      remainingMs: session.isExpired ? 0 : remainingMs(session.life),
      random: session.random(),
    })
    session.emit('retry', { ...failed, inMs })
    await waiting(inMs, error.retryAfterMs ? HURRY : AWAKE)
  }

  /** A first join is attempted once more, with another token, if the first token was refused as expired. */
  function checkJoinAgain(error: RenewError): void {
    const { code, cause } = error
    const isExpired = () => adapter.isExpired?.(cause) ?? isExpiredError(cause)
    if (attempts > 1 || code !== 'JOIN_FAILED' || !isExpired()) throw error
  }

  function waiting(ms: number, least: Urgency): Promise<void> {
    session.enter('waiting')
    return wait.start(Math.max(ms, 1000), least)
  }

  function showWork(): void {
    // The app has joined again by itself.
    if (session.isExpired && adapter.link() === 'online') session.adopt()
    if (session.isExpired) checkRejoin(session)
    session.enter(session.isExpired ? 'rejoining' : 'renewing')
  }
}

/** Checks whether a token fetched earlier is too old to use. */
function isOld({ ageMs, lifeMs }: TokenLife): boolean {
  return ageMs() >= lifeMs / 2
}

/**
 * Refuses to bring back a session whose tokens keep expiring, or that the app brings back by itself.
 *
 * @throws {RenewError} REJOIN_LIMIT, REJOIN_MANUAL
 */
function checkRejoin(session: SessionState): void {
  // With tokens that arrive expired, the client would join and drop out without a pause.
  const MAX_REJOINS = 5
  const WINDOW_MS = 120_000
  if (session.clock.elapsed() - (session.rejoins[MAX_REJOINS - 1] ?? -Infinity) < WINDOW_MS) {
    throw failure('REJOIN_LIMIT')
  }
  if (session.rejoin === 'manual' && session.reason !== 'manual') {
    throw failure('REJOIN_MANUAL')
  }
}

/**
 * Refuses the current token, and one with no lifetime left. Any other token is newer, even if it expires earlier: the
 * server may have changed the user's rights, or all its tokens end with a lesson. If the app itself asked, the current
 * token is accepted again, at its old age.
 *
 * @throws {RenewError} GRANT_STALE; it asks to wait for half of the remaining lifetime, 5 seconds to 10 minutes
 */
function fresh(next: TokenLife, { life, reason }: SessionState): TokenLife {
  const leftMs = remainingMs(life) ?? 0
  const isNew = next.token !== life?.token
  const taken = isNew ? next : life
  if ((isNew || reason === 'manual') && (remainingMs(taken) ?? Infinity) > 0) return taken
  const retryAfterMs = Math.min(Math.max(5000, leftMs / 2), 600_000)
  throw failure('GRANT_STALE', undefined, { retryAfterMs })
}

/**
 * Checks whether the SDK refused a token because it has expired. Depending on its version, the SDK says so in the code,
 * the message or the description of the error.
 */
function isExpiredError(error: unknown): boolean {
  const { code, data }: { code?: unknown; data?: { desc?: unknown } } = Object(error)
  return /expire|token timeout/i.test([code, error, data?.desc].join())
}
