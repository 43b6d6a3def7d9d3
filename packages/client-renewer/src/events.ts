import type { RenewError } from './errors.ts'
import type { EndCause, Notice } from './session-adapter.ts'
import type { RenewReason } from './token-source.ts'

/**
 * What the renewer is doing. `idle`: not started. `joining`: joining for the first time. `fresh`: the token is
 * valid and the next renewal is scheduled. `renewing`: fetching a token or handing it to the SDK. `rejoining`:
 * fetching a token and joining again, because the last one has expired. `waiting`: for the next attempt, or for
 * the SDK to reconnect. `stopped`: the session is over. `failed`: the renewer has given up. `disposed`: after
 * `dispose`.
 */
export type Phase =
  | 'idle'
  | 'joining'
  | 'fresh'
  | 'renewing'
  | 'rejoining'
  | 'waiting'
  | 'stopped'
  | 'failed'
  | 'disposed'

/** The result of a successful renewal. */
export interface Renewed {
  /** How the SDK got the token: by `renewToken` or by joining again. */
  readonly via: 'renew' | 'rejoin'
  readonly reason: RenewReason
  /** How many attempts it took. */
  readonly attempts: number
  /** Milliseconds from the start of the renewal to its end. */
  readonly tookMs: number
  /** Milliseconds until the new token expires; `undefined` if unknown. */
  readonly remainingMs: number | undefined
}

/** A failed attempt. */
export interface Retry {
  readonly error: RenewError
  /** The number of the failed attempt, from 1. */
  readonly attempt: number
  /** Milliseconds until the next attempt. */
  readonly inMs: number
}

/** The state of the tracks after a rejoin. */
export interface Republished {
  /** How many tracks were published again. */
  readonly published: number
  /** The errors of the others. */
  readonly failures: readonly unknown[]
}

/** The events of a renewer. They never contain a token. */
export interface RenewerEvents {
  /** The phase has changed. Use it for a status line. */
  phase: (next: Phase, previous: Phase) => void
  /** The renewer asks the source for a token. */
  fetching: (info: { readonly reason: RenewReason; readonly attempt: number }) => void
  /** The first join has succeeded. Comes before the promise of `join` resolves. */
  joined: (info: { readonly uid: number | string }) => void
  /** A new token is in use. You need not do anything. */
  renewed: (info: Renewed) => void
  /** An attempt has failed. The renewer tries again by itself. */
  retry: (info: Retry) => void
  /** The token has expired, and the user is out of the channel until `rejoined`. Tell the user. */
  expired: () => void
  /** The user is back in the channel, through the renewer or your app. Comes before `renewed`. */
  rejoined: (info: { readonly uid: number | string }) => void
  /** After a rejoin, the tracks are published again, except those in `failures`. */
  republished: (info: Republished) => void
  /** Something you may want to know or act on. The renewal itself has not failed. */
  notice: (notice: Notice) => void
  /** The renewer has given up; the session ends when its token expires. Call `renew` to try again. */
  failed: (error: RenewError) => void
  /** The session is over, not because of its token. The renewer does not bring it back. */
  stopped: (cause: EndCause) => void
}
