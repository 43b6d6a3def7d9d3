import type { Phase } from '../events.ts'
import type { Settings } from '../renewer-options.ts'
import type { EndCause, SessionAdapter } from '../session-adapter.ts'
import type { InterruptibleWait } from '../timing/interruptible-wait.ts'
import type { Pace } from '../timing/pace.ts'
import type { Notify, TokenLife } from '../token/token-life.ts'
import type { RenewReason } from '../token-source.ts'
import type { Emit } from './emit-safely.ts'
import type { SharedClient } from './shared-client.ts'

/** What a renewer is doing. */
export interface CurrentPhase {
  now: Phase
  /** Changes the phase and tells the app. No phase follows `disposed`. */
  set(next: Phase): void
}

/** What all sessions of a renewer share. */
export interface RenewerParts extends Settings {
  readonly adapter: SessionAdapter
  readonly emit: Emit
  readonly notify: Notify
  readonly phase: CurrentPhase
  readonly pace: Pace
  readonly shared: SharedClient
}

/** The result of a successful run. */
export interface Outcome {
  /** The token that the SDK has accepted. */
  readonly life: TokenLife
  /** The user that joined; `undefined` when the token was only renewed. */
  readonly uid?: number | string
  /** How many attempts it took. */
  readonly attempts: number
}

/** The state of one session, shared with its runs. */
export interface SessionState extends RenewerParts {
  /** Aborted when the session is over. Nothing may be done for it afterwards. */
  readonly signal: AbortSignal
  /** Changes the phase. @throws {RenewError} STOPPED when the session is over, or a listener ends it */
  readonly enter: (next: Phase) => void
  /** Tells the app, unless the session is over. */
  readonly emit: Emit
  /** The only wait of the session, within its run or, between runs, until the next renewal. */
  readonly wait: InterruptibleWait
  /** The current token. */
  life?: TokenLife
  /** Whether the current token has expired and ended the session, so that it must be brought back. */
  isExpired?: boolean
  /** Whether the device reported that it is offline. */
  isOffline?: boolean
  /** When the session was brought back, by `Clock.elapsed`, the latest first. */
  readonly rejoins: number[]
  /** Why the run in progress was started, or `manual` once the app has asked; `undefined` between runs. */
  reason?: RenewReason | undefined
  /** The result of the latest run. */
  result?: Promise<Outcome>
  /** Speeds up the run in progress, or starts one if the phase allows it. */
  readonly hurry: (reason: RenewReason) => void
  /** Takes the client from another renewer's session: of two renewers, the later one is in charge. */
  readonly claim: () => void
  /** Continues with a session that the app has brought back with an unknown token. */
  readonly adopt: () => void
  /** Called when the current token has expired and ended the session, perhaps repeatedly. */
  readonly expired: () => void
  /** Called when the session is over. */
  readonly ended: (cause: EndCause) => void
}
