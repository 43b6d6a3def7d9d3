import type { SessionAdapter } from './session-adapter.ts'
import type { TokenLife } from './token-life.ts'

/** A call of `renewToken` that may still be under way. */
interface RenewCall {
  readonly life: TokenLife
  readonly done: Promise<void>
}

/**
 * Hands tokens to the SDK, one at a time. A call that is never answered is waited for again instead
 * of repeated: the SDK queues the next one behind it, sends both once the line is back, and rolls
 * back to the older token when they cross.
 */
export interface RenewCalls {
  /** The call under way, which may be for an earlier token, or a new one for this token. */
  hand(life: TokenLife): RenewCall
  /** Whatever becomes of the call under way, it was for a session that has ended. */
  forget(): void
}

/** The calls into one SDK. */
export function renewCalls(adapter: SessionAdapter): RenewCalls {
  let pending: RenewCall | undefined
  return {
    hand: (life) => (pending ??= start(life)),
    forget: () => (pending = undefined),
  }

  function start(life: TokenLife): RenewCall {
    // An async function, so that what is thrown at once is a rejection like any other.
    const call = { life, done: (async () => adapter.renew(life.token))() }
    const settle = () => {
      if (pending === call) pending = undefined
    }
    call.done.then(settle, settle)
    return call
  }
}
