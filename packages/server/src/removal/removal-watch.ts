import type { Identity } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { userText } from '../policy/policy.ts'
import { keysOfToken, subjectName, userName } from './removal-keys.ts'

/** What a token would be for. */
export interface TokenWish {
  readonly services: readonly ServiceName[]
  readonly channel: string
  readonly identity?: Identity | undefined
}

type Refuse = (keys: readonly string[]) => void | Promise<void>

/**
 * Looks up for one request, as often as it takes, whether its caller or its user has been removed. The names are put
 * together once, because most policies grant to the user who was wished.
 *
 * @internal
 */
export class RemovalWatch {
  readonly #subjectId: string | undefined
  readonly #isLocal: boolean
  readonly #refuse: Refuse
  #wish: TokenWish | undefined
  #keys: readonly string[] = []

  constructor(subjectId: string | undefined, isLocal: boolean, refuse: Refuse) {
    this.#subjectId = subjectId
    this.#isLocal = isLocal
    this.#refuse = refuse
  }

  /**
   * Refuses a token for a subject or a user who is removed. Synchronous when the store is in this process.
   *
   * @throws {Refusal} removed, or removals_unavailable; thrown or rejected, depending on the store
   */
  refuseRemoved(wish: TokenWish): void | Promise<void> {
    if (!this.#wish || !isSame(this.#wish, wish)) this.#keys = this.#keysOf(wish)
    this.#wish = wish
    return this.#refuse(this.#keys)
  }

  #keysOf(wish: TokenWish): readonly string[] {
    const names = []
    if (this.#subjectId !== undefined) names.push(subjectName(this.#subjectId, this.#isLocal))
    if (wish.identity) names.push(userName(wish.identity, this.#isLocal))
    return keysOfToken(names, wish)
  }
}

function isSame(one: TokenWish, other: TokenWish): boolean {
  if (one.services !== other.services || one.channel !== other.channel) return false
  if (!one.identity || !other.identity) return one.identity === other.identity
  return userText(one.identity) === userText(other.identity)
}
