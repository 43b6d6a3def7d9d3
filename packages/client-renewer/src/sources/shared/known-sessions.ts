import type { TokenScope } from '../../session-adapter.ts'
import type { TokenRequest } from '../../token-source.ts'
import { type Answer, answerFor, isAlive, isNew } from './answer.ts'

/** What a shared source knows about a session. */
interface KnownSession {
  readonly scope: TokenScope
  /** The last answer it used. Until that token expires, the session is assumed to be alive. */
  readonly taken?: Answer
  /** The newest answer that could serve it. */
  readonly newest?: Answer
}

/** The sessions that have asked, by scope key. Forgets those whose tokens have expired. @internal */
export class KnownSessions {
  readonly #sessions = new Map<string, KnownSession>()

  /** Returns an answer that another session requested and that is new to this one. */
  ready(key: string, { reason, attempt, previousToken }: TokenRequest): Answer | undefined {
    // A session that joins or tries again may have been refused, or its user may have more rights by now.
    if (attempt > 1 || reason === 'manual' || reason === 'join') return undefined
    const newest = this.#sessions.get(key)?.newest
    return newest && isNew(newest) && newest.grant.token !== previousToken ? newest : undefined
  }

  /** Records that a session uses this answer. */
  take(key: string, scope: TokenScope, taken: Answer): void {
    this.#forgetExpired()
    this.#sessions.set(key, { newest: taken, ...this.#sessions.get(key), scope, taken })
  }

  /** Records an answer that could serve a session; ignored for unknown sessions. */
  offer(key: string, newest: Answer): void {
    const session = this.#sessions.get(key)
    if (!session) return
    this.#sessions.set(key, { ...session, newest: answerFor(newest, session.scope) })
  }

  /** The sessions that are assumed to be alive. */
  living(): readonly (readonly [key: string, scope: TokenScope])[] {
    this.#forgetExpired()
    return [...this.#sessions].map(([key, { scope }]) => [key, scope])
  }

  clear(): void {
    this.#sessions.clear()
  }

  #forgetExpired(): void {
    for (const [key, { taken }] of this.#sessions) {
      if (!taken || !isAlive(taken)) this.#sessions.delete(key)
    }
  }
}
