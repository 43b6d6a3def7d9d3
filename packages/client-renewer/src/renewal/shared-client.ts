import type { SessionAdapter } from '../session-adapter.ts'
import type { Notify, TokenLife } from '../token/token-life.ts'

/** What the renewers of one client must know about each other. */
export interface SharedClient {
  /** Settles when all pending joins and leaves have ended. */
  busy?: Promise<unknown>
  /** The token that was handed over, until the SDK answers. */
  renewal?: Promise<TokenLife> | undefined
  /** Ends the session that uses the client, without leaving, and notifies both apps. */
  giveWay?: ((tell: Notify) => Promise<void>) | undefined
}

const CLIENTS = new WeakMap<object, SharedClient>()

/** Returns what the renewers of this adapter's client share. */
export function sharedClient(adapter: SessionAdapter): SharedClient {
  const key = adapter.client?.() ?? adapter
  const shared = CLIENTS.get(key) ?? {}
  CLIENTS.set(key, shared)
  return shared
}

/** Records a join or a leave, so that the next join waits for it. It ends the previous session. */
export function occupy<T>(shared: SharedClient, work: Promise<T>): Promise<T> {
  // A renewToken that is never answered is forgotten with its session.
  shared.renewal = undefined
  shared.busy = Promise.allSettled([shared.busy, work])
  return work
}

/**
 * Hands a token to the SDK. Resolves with the token that the SDK has accepted: this one, or that of an earlier call
 * that is still unanswered.
 */
export function renewSerially(
  shared: SharedClient,
  adapter: SessionAdapter,
  life: TokenLife,
): Promise<TokenLife> {
  if (shared.renewal) return shared.renewal
  // In an async function, so that a synchronous error becomes a rejection.
  const call = (async () => adapter.renew(life.token))()
    .then(() => life)
    .finally(() => {
      // An answer after the end of the session says nothing about the next session.
      if (shared.renewal === call) shared.renewal = undefined
    })
  return (shared.renewal = call)
}
