import { type Clock, stopwatch } from '../../environment/clock.ts'
import { isRenewError } from '../../errors.ts'
import type { TokenScope } from '../../session-adapter.ts'
import type { TokenGrant, TokenRequest } from '../../token-source.ts'
import { toGrant } from '../../token/token-grant.ts'
import { type Answer, grantAfter, toAnswer } from './answer.ts'
import { Batch } from './batch.ts'
import { type BatchRequest, serviceOf } from './batch-request.ts'
import { KnownSessions } from './known-sessions.ts'
import { scopeKey } from './scope-key.ts'
import { notWanted } from './shared-work.ts'
import { type TabPorts, TabRelay } from './tab-relay.ts'

// Sessions that ask in the same turn of the event loop arrive within a few promises of each other. A timer would
// not do: in a hidden tab, it may take a minute.
const GATHERING_TURNS = 10

interface BrokerSettings {
  readonly source: (request: BatchRequest) => string | TokenGrant | Promise<string | TokenGrant>
  readonly together: boolean
  readonly tabs: TabPorts | undefined
  readonly clock: Clock
}

/**
 * Answers the requests of several sessions: from an earlier answer, a pending batch or a new batch.
 *
 * @internal Use `createSharedSource`.
 */
export class RequestBroker {
  readonly #settings: BrokerSettings
  readonly #sessions = new KnownSessions()
  readonly #open = new Set<Batch>()
  /** Keys whose service the server did not put into a token with others. */
  readonly #separate = new Set<string>()
  #relay: TabRelay | undefined
  #isClosed = false

  constructor(settings: BrokerSettings) {
    this.#settings = settings
    const { tabs, clock } = settings
    this.#relay =
      tabs && new TabRelay(tabs, clock, (key, answer) => this.#sessions.offer(key, answer))
  }

  async ask(request: TokenRequest): Promise<TokenGrant> {
    const { scope, attempt } = request
    const key = this.#isClosed ? undefined : scopeKey(scope)
    if (key === undefined) return toGrant(await this.#send(request, scope, [serviceOf(scope)]))
    const ready = this.#sessions.ready(key, request)
    if (ready) return this.#give(key, request, ready, 0)
    // A second attempt requests only its own service: the others may be why the first attempt failed.
    const isAlone = attempt > 1 || !this.#settings.together || this.#separate.has(key)
    return this.#await(this.#batchFor(key, request, isAlone), key, request)
  }

  close(): void {
    this.#isClosed = true
    this.#relay?.close()
    this.#relay = undefined
    this.#sessions.clear()
  }

  async #await(batch: Batch, key: string, request: TokenRequest): Promise<TokenGrant> {
    const waitedMs = stopwatch(this.#settings.clock)
    try {
      const answer = batch.partOf(key, await batch.wait(request.signal))
      if (answer) return this.#give(key, request, answer, waitedMs())
    } catch (error) {
      if (!batch.isMixed || !isRenewError(error) || error.retryable) throw error
      const grant = await this.#await(this.#batchFor(key, request, true), key, request)
      for (const other of batch.keys) if (other !== key) this.#separate.add(other)
      return grant
    }
    this.#separate.add(key)
    return this.#await(this.#batchFor(key, request, true), key, request)
  }

  /** Returns a pending batch that also serves this session, or a new one. */
  #batchFor(key: string, request: TokenRequest, isAlone: boolean): Batch {
    for (const batch of this.#open) {
      if (!isAlone && !batch.isAborted) batch.add(key, request.scope)
      if (batch.has(key) && !batch.isAborted && !(isAlone && batch.isMixed)) return batch
    }
    const batch = new Batch(key, request.scope, isAlone, (batch, signal) =>
      this.#work(batch, request, signal),
    )
    this.#open.add(batch)
    return batch
  }

  async #work(batch: Batch, request: TokenRequest, signal: AbortSignal): Promise<Answer> {
    try {
      await this.#gather(batch)
      const send = () => this.#fetch(batch, { ...request, signal })
      return await (this.#relay?.ask(batch.lead.key, signal, send) ?? send())
    } finally {
      this.#open.delete(batch)
    }
  }

  /** Adds the sessions that ask in the same turn, and those that will soon need a token. */
  async #gather(batch: Batch): Promise<void> {
    for (let turns = 0; turns < GATHERING_TURNS; turns++) await Promise.resolve()
    for (const [key, scope] of this.#sessions.living()) {
      if (!this.#separate.has(key)) batch.add(key, scope)
    }
    batch.seal()
  }

  async #fetch(batch: Batch, request: TokenRequest): Promise<Answer> {
    if (batch.isAborted) throw notWanted()
    const ageMs = stopwatch(this.#settings.clock)
    const answer = toAnswer(await this.#send(request, batch.lead.scope, batch.services), ageMs)
    for (const key of batch.keys) this.#publish(key, batch.partOf(key, answer))
    return answer
  }

  #publish(key: string, answer: Answer | undefined): void {
    if (answer === undefined) this.#separate.add(key)
    else {
      this.#sessions.offer(key, answer)
      this.#relay?.post(key, answer)
    }
  }

  #send(request: TokenRequest, scope: TokenScope, services: BatchRequest['services']) {
    return this.#settings.source({ ...request, scope, services })
  }

  #give(key: string, { scope }: TokenRequest, answer: Answer, waitedMs: number): TokenGrant {
    if (!this.#isClosed) this.#sessions.take(key, scope, answer)
    return grantAfter(answer, Math.max(0, answer.ageMs() - waitedMs))
  }
}
