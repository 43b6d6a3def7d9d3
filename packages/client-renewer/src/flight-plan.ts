import type { Phase } from './events.ts'
import type { RenewCalls } from './renew-calls.ts'
import type { Settings } from './renewer-options.ts'
import type { Session } from './session.ts'
import type { SessionAdapter } from './session-adapter.ts'
import type { Tell } from './tell.ts'
import type { TokenLife } from './token-life.ts'
import type { RenewReason } from './token-source.ts'

/** What a flight needs to know, and whom it tells how it goes. */
export interface FlightPlan {
  readonly reason: RenewReason
  readonly settings: Settings
  readonly adapter: SessionAdapter
  readonly calls: RenewCalls
  readonly session: Session
  readonly mayRejoin: () => boolean
  readonly tell: Tell
  readonly onPhase: (phase: Phase) => void
  /** The flight itself found that the token in use has ended the session. */
  readonly onExpired: () => void
}

/** A token that the SDK has taken, and how. */
export type HandedOver = { readonly life: TokenLife } & (
  | { readonly via: 'renew' }
  | { readonly via: 'rejoin'; readonly uid: number | string }
)

/** The first join: with which token, and as whom. */
export interface Joined {
  readonly life: TokenLife
  readonly uid: number | string
}

/** The end of a flight that went well. */
export type Landing = HandedOver & { readonly attempts: number }
