import type { Phase } from '@rtc-token/client-renewer'
import type { TokenHistory } from './token-history.ts'

/** Another user that a seat sees in the channel. */
export interface Remote {
  readonly uid: number | string
  readonly hasAudio: boolean
}

/** What the page shows of one seat. */
export interface SeatState {
  readonly name: string
  /** The uid of its guest. */
  readonly uid: number
  readonly phase: Phase
  /** In the SDK's words. */
  readonly connection: string
  readonly isPublishing: boolean
  /** How many tokens it has used. */
  readonly tokens: number
  readonly remotes: readonly Remote[]
  readonly history: TokenHistory
}

const AT_REST: ReadonlySet<Phase> = new Set(['idle', 'stopped', 'failed'])

/** Whether the seat's client is in the channel. */
export function isIn({ connection }: SeatState): boolean {
  return connection === 'CONNECTED'
}

/** Whether the seat can join. */
export function mayJoin({ phase, connection }: SeatState): boolean {
  return AT_REST.has(phase) && connection === 'DISCONNECTED'
}

/** Whether there is something to leave. */
export function mayLeave(state: SeatState): boolean {
  return isIn(state) || !AT_REST.has(state.phase)
}

/** Whether the renewer takes a wish to renew now. */
export function mayRenew({ phase }: SeatState): boolean {
  return phase !== 'idle' && phase !== 'stopped' && phase !== 'joining'
}
