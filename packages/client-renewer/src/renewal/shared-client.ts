import type { SessionAdapter } from '../session-adapter.ts'
import type { Notify, TokenLife } from '../token/token-life.ts'

/** What the renewers of one client have to know of each other. */
export interface SharedClient {
  /** Settles when the joins and leaves that are under way have ended. */
  busy?: Promise<unknown>
  /** The token that is being handed over, while the SDK has not answered. */
  renewal?: Promise<TokenLife> | undefined
  /** Ends the session that has the client, without leaving, and has both apps told. */
  giveWay?: ((tell: Notify) => Promise<void>) | undefined
}

const CLIENTS = new WeakMap<object, SharedClient>()

/** What is shared by the renewers of this adapter's client. */
export function sharedClient(adapter: SessionAdapter): SharedClient {
  const key = adapter.client?.() ?? adapter
  const shared = CLIENTS.get(key) ?? {}
  CLIENTS.set(key, shared)
  return shared
}

/** Notes a join or a leave, for which the next join waits. It ends the session before. */
export function occupy<T>(shared: SharedClient, work: Promise<T>): Promise<T> {
  // A renewToken that is never answered is forgotten with the session that it was for.
  shared.renewal = undefined
  shared.busy = Promise.allSettled([shared.busy, work])
  return work
}

/**
 * Hands a token to the SDK. Resolves with the token that the SDK has taken: this one, or that of an earlier
 * call which is still unanswered.
 */
export function renewSerially(
  shared: SharedClient,
  adapter: SessionAdapter,
  life: TokenLife,
): Promise<TokenLife> {
  if (shared.renewal) return shared.renewal
  // In an async function, so that an adapter which throws at once rejects like any other.
  const call = (async () => adapter.renew(life.token))()
    .then(() => life)
    .finally(() => {
      // An answer that comes after the session has ended says nothing of the next one.
      if (shared.renewal === call) shared.renewal = undefined
    })
  return (shared.renewal = call)
}
