import { isRenewError, RenewError } from './errors.ts'
import type { Phase, Retry } from './events.ts'
import { fetchToken, type FetchedToken } from './fetch-token.ts'
import { InterruptibleWait } from './interruptible-wait.ts'
import type { RenewCalls } from './renew-calls.ts'
import type { Settings } from './renewer-options.ts'
import { retryDelay } from './retry-delay.ts'
import type { JoinRequest, SessionAdapter } from './session-adapter.ts'
import { withTimeLimit } from './time-limit.ts'
import { checkFresh } from './token-grant.ts'
import type { TokenLife } from './token-life.ts'
import type { RenewReason } from './token-source.ts'

/** How long after its token's end a session may go on reconnecting before it is started anew. */
const RECONNECT_GRACE_MS = 8_000
const LOOK_AGAIN_MS = 30_000

/** What a flight needs to know, and whom it tells how it goes. */
export interface FlightPlan {
  readonly reason: RenewReason
  readonly settings: Settings
  readonly adapter: SessionAdapter
  readonly calls: RenewCalls
  /** The token in use. */
  readonly held: TokenLife | undefined
  /** Whether the token in use has ended the session. */
  readonly isDead: () => boolean
  readonly mayRejoin: () => boolean
  readonly onPhase: (phase: Phase) => void
  readonly onFetching: (attempt: number) => void
  readonly onRetry: (retry: Retry) => void
  /** The flight itself found that the token in use has ended the session. */
  readonly onExpired: () => void
}

/** A token that the SDK has taken, and how. */
type HandedOver = { readonly life: TokenLife } & (
  | { readonly via: 'renew' }
  | { readonly via: 'rejoin'; readonly uid: number | string }
)

/** The end of a flight that went well. */
export type Landing = HandedOver & { readonly attempts: number }

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
  #over: RenewError | undefined

  constructor(plan: FlightPlan) {
    this.#plan = plan
    this.#wait = new InterruptibleWait(plan.settings.clock)
    this.#backOff = new InterruptibleWait(plan.settings.clock)
    this.#turn = new InterruptibleWait(plan.settings.clock)
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

  /** Joins for the first time, in one try. */
  async join(): Promise<{ readonly life: TokenLife; readonly uid: number | string }> {
    const { adapter, onPhase } = this.#plan
    this.#effect(() => onPhase('joining'))
    const fetched = await this.#fetch(1)
    const uid = await this.#enter('JOIN', fetched, (request) => adapter.join(request))
    return { life: fetched.life, uid }
  }

  async #token(attempt: number): Promise<FetchedToken> {
    this.#showWork()
    if (this.#spare && isHalfAlive(this.#spare.life)) return this.#spare
    const fetched = await this.#fetch(attempt)
    checkFresh(fetched.life, this.#plan.held, this.#plan.isDead())
    this.#spare = fetched
    return fetched
  }

  #fetch(attempt: number): Promise<FetchedToken> {
    const { settings, held, reason, onFetching } = this.#plan
    this.#effect(() => onFetching(attempt))
    const request = { reason, attempt, previousToken: held?.token }
    return this.#effect(() => {
      this.#controller = new AbortController()
      return fetchToken(settings, request, this.#controller)
    })
  }

  async #land(attempt: number): Promise<HandedOver> {
    for (;;) {
      const landed = await this.#handOver(await this.#token(attempt))
      if (landed) return landed
    }
  }

  /** Nothing comes back when the situation has changed and wants a new look. */
  async #handOver(fetched: FetchedToken): Promise<HandedOver | undefined> {
    const { adapter, isDead } = this.#plan
    if (isDead()) return this.#rejoin(fetched)
    if (adapter.link() === 'online') return this.#renew(fetched)
    await this.#hold()
    return undefined
  }

  async #renew(fetched: FetchedToken): Promise<HandedOver | undefined> {
    const { calls, settings, isDead } = this.#plan
    const ms = settings.sdkTimeoutMs
    const call = this.#effect(() => calls.hand(fetched))
    const waited = this.#effect(() => this.#wait.for(ms))
    const end = await Promise.race([call.settled, waited])
    this.#wait.wake()
    if (end === 'elapsed') {
      throw new RenewError('RENEW_TIMEOUT', `SDK: renewToken did not settle in ${ms} ms`)
    }
    if (end === 'woken' || isDead()) return undefined
    if (end === 'done') return { life: call.fetched.life, via: 'renew' }
    // Refused, or lost with the connection: the reason given is not reliable, so ask for another.
    this.#spare = undefined
    throw new RenewError('RENEW_FAILED', 'SDK: renewToken failed; see cause', { cause: end.error })
  }

  /** Waits for the SDK to be back in the channel, or for the moment at which it will never be. */
  async #hold(): Promise<void> {
    const { held, adapter, onPhase, onExpired } = this.#plan
    const patienceMs = () => (held?.remainingMs() ?? LOOK_AGAIN_MS) + RECONNECT_GRACE_MS
    this.#effect(() => onPhase('waiting'))
    const ms = Math.min(Math.max(patienceMs(), 0), LOOK_AGAIN_MS)
    await this.#effect(() => this.#wait.for(ms))
    // Some refusals of a dead token make the SDK reconnect for ever without telling anybody.
    if (adapter.link() === 'unsettled' && patienceMs() <= 0) this.#effect(onExpired)
    this.#showWork()
  }

  async #rejoin(fetched: FetchedToken): Promise<HandedOver> {
    const { adapter, calls, mayRejoin } = this.#plan
    if (!mayRejoin()) {
      throw new RenewError('REJOIN_LIMIT', 'the session died right after each of several rejoins')
    }
    this.#showWork()
    // The SDK has not finished with the old session while it is still telling of its end.
    await this.#effect(() => this.#turn.for(0))
    calls.forget()
    // The token is spent either way: if joining fails, it may be because of it.
    this.#spare = undefined
    const uid = await this.#enter('REJOIN', fetched, (request) => adapter.rejoin(request))
    return { life: fetched.life, via: 'rejoin', uid }
  }

  /** Has the adapter join or rejoin, within the time that a call into the SDK may take. */
  #enter(
    what: 'JOIN' | 'REJOIN',
    { life, user }: FetchedToken,
    call: (request: JoinRequest) => Promise<number | string>,
  ): Promise<number | string> {
    const { clock, sdkTimeoutMs: ms } = this.#plan.settings
    const doing = what.toLowerCase()
    const late = () => new RenewError(`${what}_TIMEOUT`, `SDK: ${doing} did not settle in ${ms} ms`)
    return this.#effect(() => {
      this.#controller = new AbortController()
      const limit = { clock, ms, controller: this.#controller, late }
      return withTimeLimit(limit, (signal) => call({ token: life.token, user, signal }))
    }).catch((cause: unknown) => {
      if (isRenewError(cause)) throw cause
      throw new RenewError(`${what}_FAILED`, `SDK: ${doing} failed; see cause`, { cause })
    })
  }

  async #pause(error: RenewError, attempt: number): Promise<void> {
    if (!error.retryable) throw error
    const { settings, held, onRetry, onPhase } = this.#plan
    const remainingMs = held?.remainingMs()
    const inMs = retryDelay({ attempt, error, remainingMs, random: settings.random() })
    this.#effect(() => onRetry({ error, attempt, inMs }))
    this.#effect(() => onPhase('waiting'))
    await this.#effect(() => this.#backOff.for(inMs))
  }

  #showWork(): void {
    this.#effect(() => this.#plan.onPhase(this.#plan.isDead() ? 'rejoining' : 'renewing'))
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
