import type { TokenLife } from './token-life.ts'

/** One stay in the channel, or several when its token ends it in between: what is known of it. */
export interface Session {
  /** The token in use. */
  held?: TokenLife
  /** Whether that came with a renewal or a join of ours. */
  isNew?: boolean
  /** Whether it has ended the session. */
  isDead?: boolean
  isOffline?: boolean
}
