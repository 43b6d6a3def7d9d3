import type { SessionAdapter } from '../session-adapter.ts'
import type { TokenLife } from '../token/token-life.ts'

/**
 * Hands a token to the SDK. Resolves with the token that the SDK has taken: this one, or that of an earlier
 * call which was still unanswered.
 */
export type RenewSerially = (life: TokenLife) => Promise<TokenLife>

export function serialRenew(adapter: SessionAdapter): RenewSerially {
  let pending: Promise<TokenLife> | undefined
  return (life) => (pending ??= renew(life).finally(() => (pending = undefined)))

  // An async function, so that an adapter that throws at once rejects like any other.
  async function renew(life: TokenLife): Promise<TokenLife> {
    await adapter.renew(life.token)
    return life
  }
}
