import type { RenewError } from './errors.ts'
import type { EndCause, Notice } from './session-adapter.ts'
import type { RenewReason } from './token-source.ts'

/**
 * What the renewer is doing. `idle`: not started. `joining`: for the first time. `fresh`: the token in
 * use is good and the next renewal is planned. `renewing`: fetching a token or handing it over.
 * `rejoining`: the same after the token has ended the session. `waiting`: until the next try, or for
 * the SDK to be back in the channel. `stopped`: the session is over. `failed`: gave up. `disposed`:
 * for good.
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

/** A renewal that worked. */
export interface Renewed {
  /** How the token reached the SDK. */
  readonly via: 'renew' | 'rejoin'
  readonly reason: RenewReason
  /** How many tries it took. */
  readonly attempts: number
  /** From the reason to the end, in milliseconds. */
  readonly tookMs: number
  /** How long the new token lives from now, in milliseconds, where known. */
  readonly remainingMs: number | undefined
}

/** A try that failed, and when the next one comes. */
export interface Retry {
  readonly error: RenewError
  readonly attempt: number
  readonly inMs: number
}

/** What became of the tracks after a rejoin. */
export interface Republished {
  /** How many are published again. */
  readonly published: number
  /** What went wrong with each of the others. */
  readonly failures: readonly unknown[]
}

/** The events of a renewer. None of them ever carries a token. */
export interface RenewerEvents {
  /** The phase changed. Good for a status line. */
  phase: (next: Phase, previous: Phase) => void
  /** The source is being asked for a token. */
  fetching: (info: { readonly reason: RenewReason; readonly attempt: number }) => void
  /** A new token is in use. Nothing to do. */
  renewed: (info: Renewed) => void
  /** A try failed; the renewer goes on by itself. */
  retry: (info: Retry) => void
  /** The token has ended: the user is out of the channel until `rejoined`. Good for a notice. */
  expired: () => void
  /** The user is back in the channel; comes before `renewed`. */
  rejoined: (info: { readonly uid: number | string }) => void
  /** After a rejoin: the tracks are published again, as far as that worked. */
  republished: (info: Republished) => void
  /** Something the app may want to know; nothing has gone wrong with the renewal. */
  notice: (notice: Notice) => void
  /** The renewer gave up; the session ends with its present token. `renew` makes it try again. */
  failed: (error: RenewError) => void
  /** The session is over for another reason than its token. The renewer leaves it alone. */
  stopped: (cause: EndCause) => void
}
