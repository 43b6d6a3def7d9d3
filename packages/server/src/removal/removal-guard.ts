import type { Identity } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { FUNCTION, integer, OBJECT, oneOf, requireKind, shown } from '../checks/kind.ts'
import { createFailureReport, type FailureReport } from '../errors/fault-report.ts'
import { Refusal } from '../errors/refusal.ts'
import { Breaker } from '../limit/breaker.ts'
import { answerWithin, type Patience } from '../time/answer-within.ts'
import { isThenable } from '../time/deadline.ts'
import { keysOfToken, subjectName, userName } from './removal-keys.ts'
import type { Removals } from './removals.ts'

/** What a token would be for. */
export interface TokenWish {
  readonly services: readonly ServiceName[]
  readonly channel: string
  readonly identity?: Identity | undefined
}

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
 * Asks a store of removals so that a request always gets an answer in time. A store that throws, rejects, hangs or
 * answers anything but a boolean is not asked for a while, as with limits.
 *
 * @internal
 */
export class RemovalGuard {
  readonly store: Removals
  /** Whether no token is issued while the store fails. */
  readonly isRequired: boolean
  readonly #isLocal: boolean
  readonly #settings: RemovalGuardSettings
  readonly #breaker: Breaker
  readonly #faults: FailureReport
  #failure: RemovalsFailure | undefined
  #answeredAt = -Infinity

  constructor(store: Removals, settings: RemovalGuardSettings) {
    this.store = store
    this.isRequired = settings.onStoreError === 'deny'
    this.#isLocal = store.local === true
    this.#settings = settings
    this.#breaker = new Breaker(settings.timeoutMs)
    this.#faults = createFailureReport(settings.onError)
  }

  /**
   * Refuses a token for a subject or a user who is removed. Synchronous when the store is.
   *
   * @throws {Refusal} removed, or removals_unavailable; thrown or rejected, depending on the store
   */
  refuseRemoved(subjectId: string | undefined, wish: TokenWish): void | Promise<void> {
    const names = []
    if (subjectId !== undefined) names.push(subjectName(subjectId, this.#isLocal))
    if (wish.identity) names.push(userName(wish.identity, this.#isLocal))
    const isRemoved = this.#has(keysOfToken(names, wish))
    if (typeof isRemoved === 'boolean') refuseIf(isRemoved)
    else return isRemoved.then(refuseIf)
  }

  /** Whether the store answers, for readiness. An answer of the last second counts, so that checks do not flood it. */
  async isReachable(): Promise<boolean> {
    const now = this.#settings.clock()
    if (now >= this.#answeredAt && now < this.#answeredAt + FRESH_MS) return true
    try {
      await this.#has(['readiness'])
    } catch {
      return false
    }
    return this.#failure === undefined
  }

  #has(keys: readonly string[]): boolean | Promise<boolean> {
    if (!this.#breaker.admits(this.#settings.clock())) return this.#substitute()
    try {
      const answer: unknown = this.store.has(keys)
      return isThenable(answer) ? this.#settle(answer) : this.#accept(answer)
    } catch (error) {
      return this.#fail(error)
    }
  }

  async #settle(sent: PromiseLike<unknown>): Promise<boolean> {
    try {
      return this.#accept(await answerWithin(sent, { limitWaitMs: 0 }, this.#settings))
    } catch (error) {
      return this.#fail(error)
    }
  }

  #accept(answer: unknown): boolean {
    if (typeof answer !== 'boolean') throw new TypeError('removals: has() must answer a boolean')
    this.#answeredAt = this.#settings.clock()
    this.#failure = undefined
    this.#breaker.succeed()
    return answer
  }

  #fail(error: unknown): false {
    const now = this.#settings.clock()
    this.#answeredAt = -Infinity
    this.#breaker.fail(now)
    this.#failure = new RemovalsFailure(error)
    this.#faults.report(this.#failure, now)
    return this.#substitute()
  }

  #substitute(): false {
    if (!this.isRequired) return false
    throw new Refusal('removals_unavailable', undefined, { cause: this.#failure })
  }
}

function refuseIf(isRemoved: boolean): void {
  if (isRemoved) throw new Refusal('removed')
}
