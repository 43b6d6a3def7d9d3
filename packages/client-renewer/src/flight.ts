import { RenewError, isRenewError, type RenewErrorCode } from './errors.ts'
import type { Phase, Rejoined, Retry } from './events.ts'
import { fetchToken, type FetchedToken } from './fetch-token.ts'
import { InterruptibleWait } from './interruptible-wait.ts'
import type { RejoinLimit } from './rejoin-limit.ts'
import type { Settings } from './renewer-options.ts'
import { retryDelay } from './retry-delay.ts'
import type { JoinRequest, SessionAdapter } from './session-adapter.ts'
import { withTimeLimit } from './time-limit.ts'
import { checkFresh } from './token-grant.ts'
import type { TokenLife } from './token-life.ts'
import type { RenewReason } from './token-source.ts'

/** How long after its token's end a session may go on reconnecting before it is started anew. */
const RECONNECT_GRACE_MS = 8_000
const HOLD_SLICE_MS = 30_000

/** What a flight needs to know, and whom it tells how it goes. */
export interface FlightPlan {
  readonly reason: RenewReason
  readonly settings: Settings
  readonly adapter: SessionAdapter
  readonly rejoinLimit: RejoinLimit
  /** The token in use. */
  readonly held: TokenLife | undefined
  readonly onPhase: (phase: Phase) => void
  readonly onFetching: (attempt: number) => void
  readonly onRetry: (retry: Retry) => void
  readonly onExpired: () => void
  readonly onRejoined: (rejoined: Rejoined) => void
}

/** A token that the SDK has taken. */
export interface Landing {
  readonly life: TokenLife
  readonly via: 'renew' | 'rejoin'
  readonly attempts: number
}

/** A call of `renewToken` that may still be under way. */
interface RenewCall {
  readonly fetched: FetchedToken
  readonly settled: Promise<'done' | { readonly error: unknown }>
}

/**
 * One renewal, from asking for a token to the SDK having taken it, with as many tries as it takes.
 * Where the token has to go is decided when it is there: into the session if that is alive, into a
 * new one if its token has ended it, and nowhere while the SDK is reconnecting.
 */
export class Flight {
  readonly #plan: FlightPlan
  readonly #wait: InterruptibleWait
  readonly #aborted: Promise<never>
  #abort: (error: RenewError) => void = () => {}
  #controller = new AbortController()
  #cancelDeferral: () => void = () => {}
  /** Fetched and not yet taken by the SDK. */
  #spare: FetchedToken | undefined
  #call: RenewCall | undefined
  #isDead: boolean
  #isOver = false

  constructor(plan: FlightPlan, isDead: boolean) {
    this.#plan = plan
    this.#isDead = isDead
    this.#wait = new InterruptibleWait(plan.settings.clock)
    this.#aborted = new Promise((_, reject) => {
      this.#abort = reject
    })
    this.#aborted.catch(() => {})
  }

  /** Ends a wait in progress: something has changed, or the time is running out. */
  wake(): void {
    this.#wait.wake()
  }

  /** The token in use has ended the session: the next one is for a new session. */
  die(): void {
    this.#isDead = true
    this.wake()
  }

  /** Stops wherever it is; `run` rejects with `error`, and no timer is left. */
  abort(error: RenewError): void {
    this.#isOver = true
    this.#abort(error)
    this.#controller.abort()
    this.#cancelDeferral()
    this.wake()
  }

  /** Resolves when the SDK has taken a token; rejects when no further try can help. */
  async run(): Promise<Landing> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#plan.onPhase(this.#isDead ? 'rejoining' : 'renewing')
        this.#spare = await this.#token(attempt)
        return { ...(await this.#handOver(this.#spare)), attempts: attempt }
      } catch (error) {
        await this.#pause(toRenewError(error), attempt)
      }
    }
  }

  /** Joins for the first time, in one try. */
  async join(): Promise<{ readonly life: TokenLife; readonly uid: number | string }> {
    this.#plan.onPhase('joining')
    const fetched = await this.#token(1)
    const { adapter } = this.#plan
    const uid = await this.#enter('JOIN', fetched, (request) => adapter.join(request))
    return { life: fetched.life, uid }
  }

  async #token(attempt: number): Promise<FetchedToken> {
    if (this.#spare && hasHalfItsLife(this.#spare.life)) return this.#spare
    const { settings, held, reason } = this.#plan
    this.#plan.onFetching(attempt)
    this.#controller = new AbortController()
    const request = { reason, attempt, previousToken: held?.token }
    const fetched = await this.#orAborted(fetchToken(settings, request, this.#controller))
    checkFresh(fetched.life, this.#isDead ? undefined : held)
    return fetched
  }

  async #handOver(fetched: FetchedToken): Promise<Omit<Landing, 'attempts'>> {
    for (;;) {
      if (this.#isDead) return this.#rejoin(fetched)
      if (this.#plan.adapter.link() === 'online') {
        const taken = await this.#renew(fetched)
        if (taken && !this.#isDead) return { life: taken.life, via: 'renew' }
      } else {
        await this.#hold()
      }
    }
  }

  /**
   * Hands the token to the SDK. An earlier call that was never answered is waited for again instead
   * of repeated: the SDK queues calls behind it, and sends them all once the line is back.
   */
  async #renew(fetched: FetchedToken): Promise<FetchedToken | undefined> {
    const { sdkTimeoutMs } = this.#plan.settings
    const call = (this.#call ??= this.#startCall(fetched))
    const end = await this.#orAborted(Promise.race([call.settled, this.#wait.for(sdkTimeoutMs)]))
    this.#wait.wake()
    if (end === 'woken') return undefined
    if (end === 'elapsed') throw timeout('RENEW_TIMEOUT', 'renewToken', sdkTimeoutMs)
    this.#call = undefined
    if (end === 'done') return call.fetched
    // Refused, or lost with the connection: the reason given is not reliable, so ask for another.
    this.#spare = undefined
    throw new RenewError('RENEW_FAILED', 'SDK: renewToken failed; see cause', { cause: end.error })
  }

  #startCall(fetched: FetchedToken): RenewCall {
    const work = (async () => this.#plan.adapter.renew(fetched.life.token))()
    return {
      fetched,
      settled: work.then(
        () => 'done' as const,
        (error: unknown) => ({ error }),
      ),
    }
  }

  /** Waits for the SDK to be back in the channel, or for the moment at which it will never be. */
  async #hold(): Promise<void> {
    const { held, adapter } = this.#plan
    const remainingMs = held?.remainingMs()
    const isDoomed = () => adapter.link() === 'unsettled' && (held?.remainingMs() ?? 1) <= 0
    this.#plan.onPhase('waiting')
    const ms =
      remainingMs === undefined ? HOLD_SLICE_MS : Math.max(0, remainingMs) + RECONNECT_GRACE_MS
    const end = await this.#orAborted(this.#wait.for(Math.min(ms, HOLD_SLICE_MS)))
    if (end === 'elapsed' && isDoomed()) {
      // Some refusals of a dead token make the SDK reconnect for ever without telling anybody.
      this.#isDead = true
      this.#plan.onExpired()
    }
    this.#plan.onPhase(this.#isDead ? 'rejoining' : 'renewing')
  }

  async #rejoin(fetched: FetchedToken): Promise<Omit<Landing, 'attempts'>> {
    const { adapter, rejoinLimit } = this.#plan
    if (rejoinLimit.isReached()) {
      throw new RenewError('REJOIN_LIMIT', 'the session died right after each of several rejoins')
    }
    // The SDK has not finished with the old session while it is still telling of its end.
    await this.#macrotask()
    // Whatever becomes of a renewal under way, it was for the session that has ended.
    this.#call = undefined
    // The token is spent either way: if joining fails, it may be because of it.
    this.#spare = undefined
    const result = await this.#enter('REJOIN', fetched, (request) => adapter.rejoin(request))
    if (adapter.link() !== 'online') {
      throw new RenewError('REJOIN_FAILED', 'SDK: the session died while it was rejoined')
    }
    rejoinLimit.count()
    this.#isDead = false
    this.#plan.onRejoined(result)
    return { life: fetched.life, via: 'rejoin' }
  }

  /** Has the adapter join or rejoin, within the time that a call into the SDK may take. */
  async #enter<T>(
    what: 'JOIN' | 'REJOIN',
    { life, user }: FetchedToken,
    call: (request: JoinRequest) => Promise<T>,
  ): Promise<T> {
    const { clock, sdkTimeoutMs } = this.#plan.settings
    const doing = what.toLowerCase()
    this.#controller = new AbortController()
    const limited = withTimeLimit(
      clock,
      sdkTimeoutMs,
      this.#controller,
      (signal) => call({ token: life.token, user, signal }),
      () => timeout(`${what}_TIMEOUT`, doing, sdkTimeoutMs),
    )
    return this.#orAborted(
      limited.catch((cause: unknown) => {
        if (isRenewError(cause)) throw cause
        throw new RenewError(`${what}_FAILED`, `SDK: ${doing} failed; see cause`, { cause })
      }),
    )
  }

  async #pause(error: RenewError, attempt: number): Promise<void> {
    if (this.#isOver || !error.retryable) throw error
    const { settings, held, onRetry, onPhase } = this.#plan
    const remainingMs = held?.remainingMs()
    const inMs = retryDelay({ attempt, error, remainingMs, random: settings.random() })
    onRetry({ error, attempt, inMs })
    onPhase('waiting')
    await this.#orAborted(this.#wait.for(inMs))
  }

  async #macrotask(): Promise<void> {
    const turn = new Promise<void>((resolve) => {
      this.#cancelDeferral = this.#plan.settings.clock.after(0, resolve)
    })
    await this.#orAborted(turn)
  }

  #orAborted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#aborted])
  }
}

function hasHalfItsLife({ lifeMs, remainingMs }: TokenLife): boolean {
  return lifeMs === undefined || remainingMs()! > lifeMs / 2
}

function toRenewError(error: unknown): RenewError {
  if (isRenewError(error)) return error
  return new RenewError('RENEW_FAILED', 'the renewal failed; see cause', { cause: error })
}

function timeout(code: RenewErrorCode, what: string, ms: number): RenewError {
  return new RenewError(code, `SDK: ${what} did not settle in ${ms} ms`)
}
