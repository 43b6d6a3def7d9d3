import type { TokenScope } from '../../session-adapter.ts'
import type { TokenRequest } from '../../token-source.ts'
import { type Answer, isAlive, isNew } from './answer.ts'

/** A session, as far as a desk sees it: what it needs and what it was given. */
interface Seat {
  readonly scope: TokenScope
  /** What it took last. While that lives, the session is taken to live as well. */
  readonly taken?: Answer
  /** The newest token that could serve it. */
  readonly newest?: Answer
}

/** The sessions that ask at a desk, by the key of their scope. Forgets those whose tokens have ended. @internal */
export class Seats {
  readonly #seats = new Map<string, Seat>()

  /** What it needs not ask for: a token that came with an answer to somebody else, and is new to it. */
  ready(key: string, { reason, attempt, previousToken }: TokenRequest): Answer | undefined {
    // Who asks again or joins may have been refused, or be somebody's who may do more by now.
    if (attempt > 1 || reason === 'manual' || reason === 'join') return undefined
    const newest = this.#seats.get(key)?.newest
    return newest && isNew(newest) && newest.grant.token !== previousToken ? newest : undefined
  }

  /** A session takes this answer. */
  take(key: string, scope: TokenScope, taken: Answer): void {
    this.#forgetEnded()
    this.#seats.set(key, { newest: taken, ...this.#seats.get(key), scope, taken })
  }

  /** An answer has come that could serve it; kept for sessions that are known. */
  offer(key: string, newest: Answer): void {
    const seat = this.#seats.get(key)
    if (seat) this.#seats.set(key, { ...seat, newest })
  }

  /** Sessions that are taken to live. */
  living(): readonly (readonly [key: string, scope: TokenScope])[] {
    this.#forgetEnded()
    return [...this.#seats].map(([key, { scope }]) => [key, scope])
  }

  clear(): void {
    this.#seats.clear()
  }

  #forgetEnded(): void {
    for (const [key, { taken }] of this.#seats) {
      if (!taken || !isAlive(taken)) this.#seats.delete(key)
    }
  }
}
