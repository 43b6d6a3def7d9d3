import type { Session } from './session.ts'

/** Why a session ended. `network`: its SDK lost the line and joined anew. */
export type Departure = 'left' | 'timed-out' | 'removed' | 'other-device' | 'network' | 'token'

/** What the platform tells the app's server about a channel. */
export type SessionChange = {
  readonly session: Session
} & (
  | {
      readonly type: 'joined'
      /** Whether the channel was empty before. */
      readonly isOnly: boolean
    }
  | { readonly type: 'role' }
  | {
      readonly type: 'left'
      readonly reason: Departure
      /** Whether the channel is empty now. */
      readonly isOnly: boolean
    }
)
