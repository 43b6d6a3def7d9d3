import type { SessionAdapter } from './session-adapter.ts'
import type { FetchedToken } from './fetch-token.ts'

/** A call of `renewToken` that may still be under way. */
export interface RenewCall {
  readonly fetched: FetchedToken
  readonly settled: Promise<'done' | { readonly error: unknown }>
}

/**
 * Hands tokens to the SDK, one at a time. A call that is never answered is waited for again instead
 * of repeated: the SDK queues the next one behind it, sends both once the line is back, and rolls
 * back to the older token when they cross.
 */
export class RenewCalls {
  readonly #adapter: SessionAdapter
  #pending: RenewCall | undefined

  constructor(adapter: SessionAdapter) {
    this.#adapter = adapter
  }

  /** The call under way, which may be for an earlier token, or a new one for this token. */
  hand(fetched: FetchedToken): RenewCall {
    this.#pending ??= this.#start(fetched)
    return this.#pending
  }

  /** Whatever becomes of the call under way, it was for a session that has ended. */
  forget(): void {
    this.#pending = undefined
  }

  #start(fetched: FetchedToken): RenewCall {
    const work = (async () => this.#adapter.renew(fetched.life.token))()
    const call: RenewCall = {
      fetched,
      settled: work.then(
        () => this.#settle(call, 'done' as const),
        (error: unknown) => this.#settle(call, { error }),
      ),
    }
    return call
  }

  #settle<End>(call: RenewCall, end: End): End {
    if (this.#pending === call) this.#pending = undefined
    return end
  }
}
