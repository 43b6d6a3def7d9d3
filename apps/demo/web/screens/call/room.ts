import AgoraRTC from 'agora-rtc-sdk-ng'
import type { SwitchChanges, SwitchState } from '../../../server/token-server/switches.ts'
import type { Welcome } from '../../../server/token-server/welcome.ts'
import { postJson } from '../../post-json.ts'
import { hearAgora } from './hear-agora.ts'
import type { LogEntry } from './log-entry.ts'
import { createSeat, type Seat } from './seat.ts'
import type { SeatState } from './seat-state.ts'
import type { Note } from './tell-story.ts'

/** What the screen shows. A new object after each change. */
interface RoomState {
  readonly seats: readonly SeatState[]
  /** The newest first. */
  readonly entries: readonly LogEntry[]
  readonly switches: SwitchState
}

/** The seats of this page and the switches of its server. Lives on while other screens are shown. */
export interface Room {
  readonly state: () => RoomState
  readonly subscribe: (listener: () => void) => () => void
  readonly seat: (name: string) => Seat | undefined
  /** Takes a further seat, up to {@link MOST_SEATS}. */
  readonly addSeat: () => Promise<void>
  /** Breaks or mends; `words` go into the log. */
  readonly turn: (changes: SwitchChanges, words: string) => Promise<void>
}

/** How many seats there can be. */
export const MOST_SEATS = 4

const NAMES = ['A', 'B', 'C', 'D'] as const
const KEPT_ENTRIES = 1000
const NOTHING_BROKEN: SwitchState = {
  tokenServer: 'up',
  ignoresRenewals: false,
  isLineCut: false,
  aheadSeconds: 0,
  banned: [],
}
const rooms = new WeakMap<Welcome, Room>()

/** The room of the page: made, with a first seat that joins, when it is first asked for. */
export function roomOf(welcome: Welcome): Room {
  const room = rooms.get(welcome) ?? openRoom(welcome)
  rooms.set(welcome, room)
  return room
}

function openRoom(welcome: Welcome): Room {
  AgoraRTC.setLogLevel(3)
  AgoraRTC.disableLogUpload()
  const listeners = new Set<() => void>()
  const seats: Seat[] = []
  let state: RoomState = { seats: [], entries: [], switches: NOTHING_BROKEN }
  let lines = 0

  const room: Room = {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seat: (name) => seats.find((seat) => seat.state().name === name),
    addSeat,
    turn,
  }
  void takeSeat(welcome)?.join()
  void addSeat()
  void turn({}, '')
  if (!welcome.isCloud) hearAgora((uid) => noteFor(nameOf(uid)))
  return room

  async function addSeat(): Promise<void> {
    takeSeat(await postJson<Pick<Welcome, 'pass' | 'uid'>>('/demo/guests'))
  }

  function nameOf(uid: number | undefined): string {
    return seats.find((seat) => seat.state().uid === uid)?.state().name ?? ''
  }

  function takeSeat(guest: Pick<Welcome, 'pass' | 'uid'>): Seat | undefined {
    const name = NAMES[seats.length]
    if (name === undefined) return undefined
    const seat = createSeat({ name, guest, welcome, note: noteFor(name), onChange })
    seats.push(seat)
    onChange()
    return seat
  }

  // Shown at once, and as the server says when it has answered.
  async function turn(changes: SwitchChanges, words: string): Promise<void> {
    const before = state.switches
    const { dropLines: _dropLines, ban: _ban, readmit: _readmit, ...others } = changes
    const { restart: _restart, ...lasting } = others
    update({ switches: { ...before, ...lasting } })
    try {
      const switches = await postJson<SwitchState>('/demo/switches', changes)
      update({ switches })
      if (words) noteFor('')('switch', words, 'warn')
    } catch (error) {
      update({ switches: before })
      noteFor('')('switch', `The switch was not turned: ${String(error)}`, 'bad')
    }
  }

  function noteFor(seat: string): Note {
    return (kind, text, tone = 'plain') => {
      const entry = { id: ++lines, at: Date.now(), seat, kind, text, tone }
      update({ entries: [entry, ...state.entries.slice(0, KEPT_ENTRIES - 1)] })
    }
  }

  function onChange(): void {
    update({ seats: seats.map((seat) => seat.state()) })
  }

  function update(changes: Partial<RoomState>): void {
    state = { ...state, ...changes }
    for (const listener of listeners) listener()
  }
}
