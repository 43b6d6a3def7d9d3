import type { TokenLife } from '../token/token-life.ts'

/** One stay in the channel, or several when its token ends it in between: what is known of it. */
export interface Session {
  /** When it was brought back, by `elapsed`, the last time first. */
  readonly rejoins: number[]
  /** The token in use. */
  held?: TokenLife
  /** Whether that has ended the session. */
  isDead?: boolean
  isOffline?: boolean
}
