import type { Phase } from '../events.ts'
import type { Settings } from '../renewer-options.ts'
import type { SessionAdapter } from '../session-adapter.ts'
import type { InterruptibleWait } from '../timing/interruptible-wait.ts'
import type { Notify, TokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'
import type { Emit } from './emit-safely.ts'
import type { RenewSerially } from './serial-renew.ts'

/** What a renewer is doing. */
export interface CurrentPhase {
  now: Phase
  /** Goes on to another phase and tells the app. Nothing follows `disposed`. */
  set(next: Phase): void
}

/** What a renewer has for all of its sessions. */
export interface RenewerParts extends Settings {
  readonly adapter: SessionAdapter
  readonly emit: Emit
  readonly notify: Notify
  readonly phase: CurrentPhase
  /** A new one after each rejoin: a call that was made for the ended session may never be answered. */
  renew: RenewSerially
}

/** How a run ends when it succeeds. */
export interface Outcome {
  /** The token that the SDK has taken. */
  readonly life: TokenLife
  /** As which user the session was joined or rejoined; undefined when its token was only renewed. */
  readonly uid?: number | string
  /** How many attempts it took. */
  readonly attempts: number
}

/** One session as its runs see it. */
export interface SessionState extends RenewerParts {
  /** Aborted when the session is over for good: nothing may happen for it any more. */
  readonly signal: AbortSignal
  /** The only wait of the session, because it has one run at a time. */
  readonly wait: InterruptibleWait
  /** The token in use. */
  life?: TokenLife
  /** Whether that token has ended the session, so that it has to be brought back. */
  isExpired?: boolean
  /** Whether the device has said that it has no network. */
  isOffline?: boolean
  /** When the session was brought back, by `Clock.elapsed`, the latest first. */
  readonly rejoins: number[]
  /** Why the run in progress was started; undefined when there is none. */
  reason?: RenewReason | undefined
  /** How the latest run ends. */
  result?: Promise<Outcome>
  /** Hurries the run in progress, or starts one if the session is in a state that allows it. */
  readonly hurry: (reason: RenewReason) => void
  /** The token in use has ended the session. Being told again does no harm. */
  readonly expired: () => void
}
