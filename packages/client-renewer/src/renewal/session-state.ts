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
  /** Goes on to another phase and tells the app. Nothing follows `disposed`. */
  set(next: Phase): void
}

/** What all sessions of a renewer have in common. */
export interface RenewerParts extends Settings {
  readonly adapter: SessionAdapter
  readonly emit: Emit
  readonly notify: Notify
  readonly phase: CurrentPhase
  readonly pace: Pace
  readonly shared: SharedClient
}

/** The result of a run that has succeeded. */
export interface Outcome {
  /** The token that the SDK has taken. */
  readonly life: TokenLife
  /** The user as which the session was joined or rejoined; undefined when its token was only renewed. */
  readonly uid?: number | string
  /** How many attempts it took. */
  readonly attempts: number
}

/** What is known about one session, for itself and for its runs. */
export interface SessionState extends RenewerParts {
  /** Aborted when the session is over for good. Nothing may be done for it after that. */
  readonly signal: AbortSignal
  /** Goes on to another phase. @throws {RenewError} STOPPED when the session is over, or ends of that */
  readonly enter: (next: Phase) => void
  /** Tells the app, unless the session is over. */
  readonly emit: Emit
  /** The one wait of the session: it has one run at a time, and waits for its renewal between them. */
  readonly wait: InterruptibleWait
  /** The token in use. */
  life?: TokenLife
  /** Whether that token has expired and ended the session, which has to be brought back. */
  isExpired?: boolean
  /** Whether the device has said that it has no network. */
  isOffline?: boolean
  /** When the session was brought back, by `Clock.elapsed`, the latest first. */
  readonly rejoins: number[]
  /** Why the run in progress was started, or `manual` once the app asks for it; undefined between runs. */
  reason?: RenewReason | undefined
  /** The result of the latest run. */
  result?: Promise<Outcome>
  /** Hurries the run in progress, or starts one if the phase allows it. */
  readonly hurry: (reason: RenewReason) => void
  /** Takes the client from the session of another renewer: of two the later one acts. */
  readonly claim: () => void
  /** Goes on with a session that the app has brought back, with a token that is not known. */
  readonly adopt: () => void
  /** Is told that the token in use has expired and ended the session; may be told more than once. */
  readonly expired: () => void
  /** Is told that the session is over for good. */
  readonly ended: (cause: EndCause) => void
}
