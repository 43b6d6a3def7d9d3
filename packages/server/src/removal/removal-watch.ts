import type { Identity } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { Refusal } from '../errors/refusal.ts'
import { userText } from '../policy/policy.ts'
import { keysOfToken, subjectName, userName } from './removal-keys.ts'
import type { Turns } from './turns.ts'

/** What a token would be for. */
export interface TokenWish {
  readonly services: readonly ServiceName[]
  readonly channel: string
  readonly identity?: Identity | undefined
}

/** Where removals are looked up. */
export interface Lookup {
  /** Whether one of these keys is kept. Throws or rejects with `removals_unavailable`. */
  readonly ask: (keys: readonly string[]) => boolean | Promise<boolean>
  /** `undefined` when the store is in this process: it costs nothing to ask that again. */
  readonly turns: Turns | undefined
}

const NONE: readonly string[] = []

/**
 * Looks up for one request, as often as it takes, whether its caller or its user has been removed. What was answered in
 * this very turn of the event loop is not asked again: no later answer could have arrived.
 *
 * @internal
 */
export class RemovalWatch {
  readonly #subject: string | undefined
  readonly #lookup: Lookup
  #user = ''
  #userName = ''
  /** What the last answer was about, and when it came. */
  #wish: TokenWish | undefined
  #names = NONE
  #turn: object | undefined

  constructor(subjectId: string | undefined, lookup: Lookup) {
    this.#lookup = lookup
    this.#subject = subjectId === undefined ? undefined : subjectName(subjectId, this.#isLocal)
  }

  get #isLocal(): boolean {
    return this.#lookup.turns === undefined
  }

  /**
   * Refuses a token for a subject or a user who is removed. Synchronous when the store is in this process, and when
   * there is nothing to ask.
   *
   * @throws {Refusal} removed, or removals_unavailable; thrown or rejected, depending on the store
   */
  refuseRemoved(wish: TokenWish): void | Promise<void> {
    const names = this.#namesOf(wish)
    const known = this.#namesKnown(wish)
    const asked = known.length === 0 ? names : names.filter((name) => !known.includes(name))
    if (asked.length === 0) return undefined
    const answer = this.#lookup.ask(keysOfToken(asked, wish))
    if (typeof answer === 'boolean') return refuseIf(answer)
    return this.#settle(answer, wish, names)
  }

  async #settle(
    answer: Promise<boolean>,
    wish: TokenWish,
    names: readonly string[],
  ): Promise<void> {
    refuseIf(await answer)
    this.#note(wish, names)
  }

  #namesOf({ identity }: TokenWish): readonly string[] {
    const names = this.#subject === undefined ? [] : [this.#subject]
    if (identity) names.push(this.#nameOf(userText(identity)))
    return names
  }

  // Most policies grant to the user who was wished.
  #nameOf(user: string): string {
    if (this.#userName === '' || this.#user !== user) {
      this.#user = user
      this.#userName = userName(user, this.#isLocal)
    }
    return this.#userName
  }

  #namesKnown({ services, channel }: TokenWish): readonly string[] {
    const isSamePlace = this.#wish?.services === services && this.#wish.channel === channel
    return isSamePlace && this.#lookup.turns?.isNow(this.#turn) ? this.#names : NONE
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
