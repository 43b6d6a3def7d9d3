import type { SeatState } from './seat-state.ts'
import {
  addBar,
  addMark,
  closeBar,
  forgetBefore,
  type MarkKind,
  NO_HISTORY,
  shortenBar,
  type TokenHistory,
} from './token-history.ts'

/** Where a seat writes down how it stands, for the page to show. */
export interface SeatBoard {
  readonly state: () => SeatState
  readonly update: (changes: Partial<SeatState>) => void
  readonly mark: (kind: MarkKind) => void
  /** A new token is in use. */
  readonly useToken: (fingerprint: string, remainingMs: number | undefined) => void
  /** None is in use any more. */
  readonly closeToken: () => void
  /** The one in use has aged by so much unnoticed. */
  readonly shortenToken: (byMs: number) => void
}

/** How many lives of a token the history reaches back. */
const REMEMBERED_LIVES = 4

/** Creates the board of a seat that is not in the channel. */
export function createSeatBoard(
  { name, uid }: Pick<SeatState, 'name' | 'uid'>,
  ttlSeconds: number,
  onChange: () => void,
): SeatBoard {
  let state: SeatState = { ...AT_REST, name, uid }
  return {
    state: () => state,
    update,
    mark: (kind) => remember((history) => addMark(history, { at: Date.now(), kind })),
    useToken(fingerprint, remainingMs = 0) {
      const now = Date.now()
      remember((history) => addBar(history, { fingerprint, from: now, to: now + remainingMs }))
      update({ tokens: state.tokens + 1 })
    },
    closeToken: () => remember((history) => closeBar(history, Date.now())),
    shortenToken: (byMs) => remember((history) => shortenBar(history, byMs)),
  }

  function remember(change: (history: TokenHistory) => TokenHistory): void {
    const oldest = Date.now() - REMEMBERED_LIVES * ttlSeconds * 1000
    update({ history: forgetBefore(change(state.history), oldest) })
  }

  function update(changes: Partial<SeatState>): void {
    state = { ...state, ...changes }
    onChange()
  }
}

const AT_REST: Omit<SeatState, 'name' | 'uid'> = {
  phase: 'idle',
  connection: 'DISCONNECTED',
  isPublishing: false,
  tokens: 0,
  remotes: [],
  history: NO_HISTORY,
}
