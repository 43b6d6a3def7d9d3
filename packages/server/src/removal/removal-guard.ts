import { FUNCTION, integer, OBJECT, oneOf, requireKind, shown } from '../checks/kind.ts'
import { createFailureReport, type FailureReport } from '../errors/fault-report.ts'
import { Refusal } from '../errors/refusal.ts'
import { Breaker } from '../limit/breaker.ts'
import { answerWithin, type Patience } from '../time/answer-within.ts'
import { isThenable } from '../time/deadline.ts'
import { indexOfKept, LookupBatch } from './lookup-batch.ts'
import { type Lookup, RemovalWatch } from './removal-watch.ts'
import type { Removals } from './removals.ts'
import { Turns } from './turns.ts'

/** How to treat a store that fails. @internal */
export interface RemovalGuardSettings extends Patience {
  readonly onStoreError: 'allow' | 'deny'
  /** Receives the failures of the store, at most one a minute. */
  readonly onError: (error: unknown) => unknown
}

/**
 * The store of the removals fails; `cause` says why. `onError` gets this error without a request id, at once and then
 * at most once a minute.
 *
 * @internal
 */
export class RemovalsFailure extends Error {
  override readonly name = 'RemovalsFailure'

  constructor(cause: unknown) {
    super('removals: the store fails', { cause })
  }
}

/** Whether the store has each key. */
type Kept = readonly boolean[]

const NONE: Kept = []
const FRESH_MS = 1000
const ON_STORE_ERROR = oneOf('allow', 'deny')
const TIMEOUT_MS = integer(1, 60_000)

/**
 * Creates the guard of a handler.
 *
 * @internal
 * @throws {TypeError} when the store lacks a function, or its settings are out of range
 */
export function createRemovalGuard(
  store: Removals,
  onError: RemovalGuardSettings['onError'],
): RemovalGuard {
  requireKind(store, OBJECT, 'removals', shown)
  for (const name of ['has', 'add', 'delete'] as const) {
    requireKind(store[name], FUNCTION, `removals.${name}`, shown)
  }
  const { onStoreError = 'deny', timeoutMs = 250 } = store
  requireKind(onStoreError, ON_STORE_ERROR, 'removals.onStoreError', shown)
  requireKind(timeoutMs, TIMEOUT_MS, 'removals.timeoutMs', shown)
  return new RemovalGuard(store, {
    onStoreError,
    timeoutMs,
    onError,
    clock: () => performance.now(),
  })
}

/**
 * Wraps a store of removals so that it always answers in time. After the store has thrown, rejected, hung or returned
 * anything but booleans, it is not called for a while, as with limits.
 *
 * @internal
 */
export class RemovalGuard {
  readonly store: Removals
  /** Whether no token is issued while the store fails. */
  readonly isRequired: boolean
  readonly #settings: RemovalGuardSettings
  readonly #breaker: Breaker
  readonly #faults: FailureReport
  readonly #batch: LookupBatch
  readonly #turns: Turns | undefined
  readonly #lookup: Lookup
  #failure: RemovalsFailure | undefined
  #answeredAt = -Infinity

  constructor(store: Removals, settings: RemovalGuardSettings) {
    this.store = store
    this.isRequired = settings.onStoreError === 'deny'
    this.#settings = settings
    this.#breaker = new Breaker(settings.timeoutMs)
    this.#faults = createFailureReport(settings.onError)
    this.#batch = new LookupBatch(async (keys) => this.#read(keys))
    this.#turns = store.local ? undefined : new Turns(settings.clock)
    this.#lookup = {
      turns: this.#turns,
      ask: (keys) => (store.local ? this.#askAtOnce(keys) : this.#batch.ask(keys)),
    }
  }

  /** Creates the look-up for one request. */
  watch(subjectId: string | undefined): RemovalWatch {
    return new RemovalWatch(subjectId, this.#lookup)
  }

  /** Adds keys to the store, and makes later checks ask it again. */
  readonly add: Removals['add'] = (keys, seconds) => {
    this.#turns?.end()
    return this.store.add(keys, seconds)
  }

  #askAtOnce(keys: readonly string[]): number | Promise<number> {
    const kept = this.#read(keys)
    return isThenable(kept) ? kept.then((late) => indexOfKept(late, 0)) : indexOfKept(kept, 0)
  }

  /** Whether the store answers, for readiness. Reuses an answer of the last second, so that checks do not flood it. */
  async isReachable(): Promise<boolean> {
    const now = this.#settings.clock()
    if (now >= this.#answeredAt && now < this.#answeredAt + FRESH_MS) return true
    try {
      await this.#read(['readiness'])
    } catch {
      return false
    }
    return this.#failure === undefined
  }

  #read(keys: readonly string[]): Kept | Promise<Kept> {
    if (!this.#breaker.admits(this.#settings.clock())) return this.#substitute()
    try {
      const answer: unknown = this.store.has(keys)
      return isThenable(answer) ? this.#settle(answer, keys) : this.#accept(answer, keys)
    } catch (error) {
      return this.#fail(error)
    }
  }

  async #settle(sent: PromiseLike<unknown>, keys: readonly string[]): Promise<Kept> {
    try {
      return this.#accept(await answerWithin(sent, { limitWaitMs: 0 }, this.#settings), keys)
    } catch (error) {
      return this.#fail(error)
    }
  }

  #accept(answer: unknown, { length }: readonly string[]): Kept {
    if (!isListOf(answer, length)) throw new TypeError(`removals.has: ${length} booleans expected`)
    this.#answeredAt = this.#settings.clock()
    this.#failure = undefined
    this.#breaker.succeed()
    return answer
  }

  #fail(error: unknown): Kept {
    const now = this.#settings.clock()
    this.#answeredAt = -Infinity
    this.#breaker.fail(now)
    this.#failure = new RemovalsFailure(error)
    this.#faults.report(this.#failure, now)
    return this.#substitute()
  }

  #substitute(): Kept {
    if (!this.isRequired) return NONE
    throw new Refusal('removals_unavailable', undefined, { cause: this.#failure })
  }
}

function isListOf(answer: unknown, length: number): answer is Kept {
  if (!Array.isArray(answer) || answer.length !== length) return false
  return answer.every((value) => typeof value === 'boolean')
}
