import type { SessionAdapter } from '../session-adapter.ts'
import type { TokenLife } from '../token/token-life.ts'

/**
 * Hands a token to the SDK. Resolves with the token taken: this one, or that of an earlier call which
 * is still under way.
 */
export type RenewCall = (life: TokenLife) => Promise<TokenLife>

/**
 * Hands tokens to one session of an SDK, one at a time. A call that is never answered is waited for
 * again instead of repeated: the SDK queues the next one behind it, sends both once the line is back,
 * and rolls back to the older token when they cross.
 */
export function renewCalls(adapter: SessionAdapter): RenewCall {
  let pending: Promise<TokenLife> | undefined
  return (life) => (pending ??= renew(life).finally(() => (pending = undefined)))

  // An async function, so that what is thrown at once is a rejection like any other.
  async function renew(life: TokenLife): Promise<TokenLife> {
    await adapter.renew(life.token)
    return life
  }
}
