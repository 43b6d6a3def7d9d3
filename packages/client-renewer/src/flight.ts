import { checkRejoin, enterSession, isRefusedAsExpired } from './enter-session.ts'
import { isRenewError, RenewError } from './errors.ts'
import { fetchToken, type FetchedToken } from './fetch-token.ts'
import type { FlightPlan, HandedOver, Joined, Landing } from './flight-plan.ts'
import { InterruptibleWait } from './interruptible-wait.ts'
import { retryDelay } from './retry-delay.ts'
import { lateError } from './time-limit.ts'
import { checkFresh } from './token-grant.ts'
import type { TokenLife } from './token-life.ts'

/** How long after its token's end a session may go on reconnecting before it is started anew. */
const RECONNECT_GRACE_MS = 8_000
const LOOK_AGAIN_MS = 30_000

/**
 * One renewal, from asking for a token to the SDK having taken it, with as many tries as it takes.
 * Where the token has to go is decided when it is there: into the session if that is alive, into a
 * new one if its token has ended it, and nowhere while the SDK is reconnecting.
 *
 * A flight can be aborted at any moment, also by a listener that it tells something. Hence every
 * effect asks first (`#effect`) whether it is still wanted.
 */
export class Flight {
  readonly #plan: FlightPlan
  readonly #wait: InterruptibleWait
  readonly #backOff: InterruptibleWait
  readonly #turn: InterruptibleWait
  #controller = new AbortController()
  /** Fetched and not yet taken by the SDK. */
  #spare: FetchedToken | undefined
  /** The server has said when to come back. */
  #isAskedToWait = false
  #over: RenewError | undefined

  constructor(plan: FlightPlan) {
    const { clock } = plan.settings
    this.#plan = plan
    this.#wait = new InterruptibleWait(clock)
    this.#backOff = new InterruptibleWait(clock)
    this.#turn = new InterruptibleWait(clock)
  }

  /** Looks again at once where to hand the token. */
  look(): void {
    this.#wait.wake()
  }

  /** Looks again, and does not wait for the next try: the time is running out. */
  hurry(): void {
    this.#wait.wake()
    this.#backOff.wake()
  }

  /** The device is awake or online again: tries now, unless the server has said when. */
  resume(): void {
    if (!this.#isAskedToWait) return this.hurry()
    this.#wait.wake()
    this.#backOff.look()
  }

  /** Stops wherever it is, with this error. No timer is left, and nothing more happens. */
  abort(error: RenewError): void {
    this.#over = error
    this.#controller.abort()
    this.#turn.wake()
    this.hurry()
  }

  /** Resolves when the SDK has taken a token; rejects when no further try can help. */
  async run(): Promise<Landing> {
    for (let attempt = 1; ; attempt++) {
      try {
        return { ...(await this.#land(attempt)), attempts: attempt }
      } catch (error) {
        await this.#pause(toRenewError(error), attempt)
      }
    }
  }

  /** Joins for the first time; a second time when the token was refused as one that has ended. */
  async join(attempt = 1): Promise<Joined> {
    this.#effect(() => this.#plan.onPhase('joining'))
    const fetched = await this.#fetch(attempt)
    try {
      const uid = await this.#enter('JOIN', fetched)
      return { life: fetched.life, uid }
    } catch (error) {
      if (attempt > 1 || !isRefusedAsExpired(error, this.#plan)) throw error
      return this.join(2)
    }
  }

  async #token(attempt: number): Promise<FetchedToken> {
    const { session } = this.#plan
    this.#showWork()
    if (this.#spare && isHalfAlive(this.#spare.life)) return this.#spare
    if (session.isOffline) await this.#awaitNetwork()
    const fetched = await this.#fetch(attempt)
    checkFresh(fetched.life, session.held, session.isDead)
    this.#spare = fetched
    return fetched
  }

  // Not for ever: some devices say that they are offline and are not.
  async #awaitNetwork(): Promise<void> {
    this.#effect(() => this.#plan.onPhase('waiting'))
    await this.#effect(() => this.#backOff.for(LOOK_AGAIN_MS))
    this.#showWork()
  }

  #fetch(attempt: number): Promise<FetchedToken> {
    const { settings, adapter, session, reason, tell } = this.#plan
    this.#effect(() => tell('fetching', { reason, attempt }))
    return this.#effect(() => {
      const previousToken = session.held?.token
      const request = { reason, scope: adapter.scope(), attempt, previousToken }
      this.#controller = new AbortController()
      return fetchToken(settings, request, this.#controller)
    })
  }

  async #land(attempt: number): Promise<HandedOver> {
    for (;;) {
      if (this.#plan.session.isDead) checkRejoin(this.#plan)
      const landed = await this.#handOver(await this.#token(attempt))
      if (landed) return landed
    }
  }

  /** Nothing comes back when the situation has changed and wants a new look. */
  async #handOver(fetched: FetchedToken): Promise<HandedOver | undefined> {
    const { adapter, session } = this.#plan
    if (session.isDead) return this.#rejoin(fetched)
    if (adapter.link() === 'online') return this.#renew(fetched)
    await this.#hold()
    return undefined
  }

  async #renew(fetched: FetchedToken): Promise<HandedOver | undefined> {
    const { calls, settings, session } = this.#plan
    const ms = settings.sdkTimeoutMs
    const call = this.#effect(() => calls.hand(fetched))
    const waited = this.#effect(() => this.#wait.for(ms))
    const end = await Promise.race([call.settled, waited])
    this.#wait.wake()
    if (end === 'elapsed') throw lateError('RENEW_TIMEOUT', ms)
    if (end === 'woken' || session.isDead) return undefined
    if (end === 'done') return { life: call.fetched.life, via: 'renew' }
    // Refused, or lost with the connection: the reason given is not reliable, so ask for another.
    this.#spare = undefined
    throw new RenewError('RENEW_FAILED', 'renew failed; see cause', { cause: end.error })
  }

  /** Waits for the SDK to be back in the channel, or for the moment at which it will never be. */
  async #hold(): Promise<void> {
    const { session, adapter, onPhase, onExpired } = this.#plan
    const patienceMs = () => (session.held?.remainingMs() ?? LOOK_AGAIN_MS) + RECONNECT_GRACE_MS
    this.#effect(() => onPhase('waiting'))
    const ms = Math.min(Math.max(patienceMs(), 0), LOOK_AGAIN_MS)
    await this.#effect(() => this.#wait.for(ms))
    // Some refusals of a dead token make the SDK reconnect for ever without telling anybody.
    if (adapter.link() === 'unsettled' && patienceMs() <= 0) this.#effect(onExpired)
    this.#showWork()
  }

  async #rejoin(fetched: FetchedToken): Promise<HandedOver> {
    checkRejoin(this.#plan)
    this.#showWork()
    // The SDK has not finished with the old session while it is still telling of its end.
    await this.#effect(() => this.#turn.for(0))
    this.#plan.calls.forget()
    // The token is spent either way: if joining fails, it may be because of it.
    this.#spare = undefined
    const uid = await this.#enter('REJOIN', fetched)
    return { life: fetched.life, via: 'rejoin', uid }
  }

  #enter(what: 'JOIN' | 'REJOIN', fetched: FetchedToken): Promise<number | string> {
    return this.#effect(() => {
      this.#controller = new AbortController()
      return enterSession(what, this.#plan, fetched, this.#controller)
    })
  }

  async #pause(error: RenewError, attempt: number): Promise<void> {
    if (!error.retryable) throw error
    const { settings, session, tell, onPhase } = this.#plan
    const remainingMs = session.held?.remainingMs()
    const inMs = retryDelay({ attempt, error, remainingMs, random: settings.random() })
    this.#isAskedToWait = error.retryAfterMs !== undefined
    this.#effect(() => tell('retry', { error, attempt, inMs }))
    this.#effect(() => onPhase('waiting'))
    await this.#effect(() => this.#backOff.for(inMs))
    this.#isAskedToWait = false
  }

  #showWork(): void {
    this.#effect(() => this.#plan.onPhase(this.#plan.session.isDead ? 'rejoining' : 'renewing'))
  }

  #effect<T>(act: () => T): T {
    if (this.#over) throw this.#over
    return act()
  }
}

function isHalfAlive({ lifeMs, remainingMs }: TokenLife): boolean {
  return lifeMs === undefined || remainingMs()! > lifeMs / 2
}

function toRenewError(error: unknown): RenewError {
  if (isRenewError(error)) return error
  return new RenewError('RENEW_FAILED', 'the renewal failed; see cause', { cause: error })
}
