import type { Identity } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { Refusal } from '../errors/refusal.ts'
import { userText } from '../policy/policy.ts'
import { keysOfToken, subjectName, userName } from './removal-keys.ts'
import type { Turns } from './turns.ts'

/** What a token is requested for. */
export interface TokenWish {
  readonly services: readonly ServiceName[]
  readonly channel: string
  readonly identity?: Identity | undefined
}

/** Where removals are looked up. */
export interface Lookup {
  /** The index of the first key in the store, or `Infinity`. Throws or rejects with `removals_unavailable`. */
  readonly ask: (keys: readonly string[]) => number | Promise<number>
  /** `undefined` when the store is in this process, where another look-up costs nothing. */
  readonly turns: Turns | undefined
}

/**
 * Looks up for one request whether its caller or its user has been removed, at each step that needs to know. An answer
 * from the same turn of the event loop is reused, because the process cannot have received a later one.
 *
 * @internal
 */
export class RemovalWatch {
  readonly #subjectId: string | undefined
  readonly #subject: string | undefined
  readonly #lookup: Lookup
  #user = ''
  #userName = ''
  /** The wish, the names and the turn of the last answer. */
  #wish: TokenWish | undefined
  #names: readonly string[] = []
  #turn: object | undefined

  constructor(subjectId: string | undefined, lookup: Lookup) {
    this.#lookup = lookup
    this.#subjectId = subjectId
    this.#subject = subjectId === undefined ? undefined : subjectName(subjectId, this.#isLocal)
  }

  get #isLocal(): boolean {
    return this.#lookup.turns === undefined
  }

  /**
   * Refuses a token for a removed subject or user. Synchronous when the store is in this process, or when there is
   * nothing to look up.
   *
   * @throws {Refusal} removed, or removals_unavailable; thrown or rejected, depending on the store
   */
  refuseRemoved(wish: TokenWish): void | Promise<void> {
    const names = this.#namesOf(wish)
    if (names.length === 0 || this.#isKnown(names, wish)) return undefined
    const keys = keysOfToken(names, wish)
    const { length } = keys
    const likely = this.#likelyName(wish)
    if (likely !== undefined) keys.push(...keysOfToken([likely], wish))
    const first = this.#lookup.ask(keys)
    if (typeof first === 'number') return refuseIf(first < length)
    return this.#settle(first, length, wish, likely === undefined ? names : [...names, likely])
  }

  async #settle(
    answer: Promise<number>,
    length: number,
    wish: TokenWish,
    names: readonly string[],
  ): Promise<void> {
    const first = await answer
    refuseIf(first < length)
    // Otherwise only the likely name is removed, which matters only if the policy chooses it.
    if (first === Infinity) this.#note(wish, names)
  }

  #namesOf({ identity }: TokenWish): readonly string[] {
    const names = this.#subject === undefined ? [] : [this.#subject]
    if (identity) names.push(this.#nameOf(userText(identity)))
    return names
  }

  // Most policies grant the wished user or the likely one, so one name is enough to remember.
  #nameOf(user: string): string {
    if (this.#userName === '' || this.#user !== user) {
      this.#user = user
      this.#userName = userName(user, this.#isLocal)
    }
    return this.#userName
  }

  // Most policies use the caller's id as the account. Looking it up early saves a second look-up; it refuses no
  // request.
  #likelyName({ identity }: TokenWish): string | undefined {
    if (identity || this.#isLocal || this.#subjectId === undefined) return undefined
    return this.#nameOf(this.#subjectId)
  }

  #isKnown(names: readonly string[], { services, channel }: TokenWish): boolean {
    if (this.#wish?.services !== services || this.#wish.channel !== channel) return false
    if (!this.#lookup.turns?.isNow(this.#turn)) return false
    return names.every((name) => this.#names.includes(name))
  }

  #note(wish: TokenWish, names: readonly string[]): void {
    this.#wish = wish
    this.#names = names
    this.#turn = this.#lookup.turns?.now()
  }
}

function refuseIf(isRemoved: boolean): void {
  if (isRemoved) throw new Refusal('removed')
}
