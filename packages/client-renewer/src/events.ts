import type { RenewError } from './errors.ts'
import type { EndCause, Notice } from './session-adapter.ts'
import type { RenewReason } from './token-source.ts'

/**
 * What the renewer is doing. `idle`: not started. `joining`: joining for the first time. `fresh`: the token
 * in use is good, and the next renewal is planned. `renewing`: fetching a token or handing it over.
 * `rejoining`: the same after the token has ended the session. `waiting`: until the next attempt, or until
 * the SDK is back in the channel. `stopped`: the session is over. `failed`: the renewer has given up.
 * `disposed`: the renewer is stopped for good.
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

/** A renewal that succeeded. */
export interface Renewed {
  /** How the token was given to the SDK. */
  readonly via: 'renew' | 'rejoin'
  readonly reason: RenewReason
  /** How many attempts it took. */
  readonly attempts: number
  /** Milliseconds from the start of the renewal to its end. */
  readonly tookMs: number
  /** Milliseconds until the new token expires; undefined if that is not known. */
  readonly remainingMs: number | undefined
}

/** An attempt that failed, and when the next one follows. */
export interface Retry {
  readonly error: RenewError
  readonly attempt: number
  readonly inMs: number
}

/** What has become of the tracks after a rejoin. */
export interface Republished {
  /** How many tracks are published again. */
  readonly published: number
  /** What went wrong with each of the others. */
  readonly failures: readonly unknown[]
}

/** The events of a renewer. They never contain a token. */
export interface RenewerEvents {
  /** The phase has changed. Use it for a status line. */
  phase: (next: Phase, previous: Phase) => void
  /** The source is asked for a token. */
  fetching: (info: { readonly reason: RenewReason; readonly attempt: number }) => void
  /** The first join has succeeded, and the user is in the channel. Comes before the promise of `join` resolves. */
  joined: (info: { readonly uid: number | string }) => void
  /** A new token is in use. The app need not do anything. */
  renewed: (info: Renewed) => void
  /** An attempt has failed; the renewer makes the next one by itself. */
  retry: (info: Retry) => void
  /** The token has expired: the user is out of the channel until `rejoined`. Tell the user. */
  expired: () => void
  /** The user is back in the channel, brought back by the renewer or by the app. Comes before `renewed`. */
  rejoined: (info: { readonly uid: number | string }) => void
  /** After a rejoin: the tracks are published again, except for those that failed. */
  republished: (info: Republished) => void
  /** Something that the app may want to know. The renewal itself has not failed. */
  notice: (notice: Notice) => void
  /** The renewer has given up; the session ends when its token expires. `renew` makes it try again. */
  failed: (error: RenewError) => void
  /** The session is over for another reason than its token. The renewer does not bring it back. */
  stopped: (cause: EndCause) => void
}
