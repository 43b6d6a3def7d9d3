import './call.css'
import { type ReactNode, useSyncExternalStore } from 'react'
import { Button } from '../../design/button.tsx'
import type { ScreenProps } from '../../screen.ts'
import { EventLog } from './event-log.tsx'
import { MOST_SEATS, roomOf } from './room.ts'
import { SeatCard } from './seat-card.tsx'
import { SwitchBoard } from './switch-board.tsx'
import { Timeline } from './timeline.tsx'

/** Seats in a channel, the lives of their tokens, and switches that break what keeps them there. */
export function CallScreen({ welcome }: ScreenProps): ReactNode {
  const room = roomOf(welcome)
  const { seats, entries, switches } = useSyncExternalStore(room.subscribe, room.state)
  return (
    <div className="stack">
      <Timeline seats={seats} ttlSeconds={welcome.ttlSeconds} />
      <div className="grid">
        {seats.map((seat) => (
          <SeatCard
            key={seat.name}
            room={room}
            seat={seat}
            seats={seats}
            hasEdge={!welcome.isCloud}
            isBanned={switches.banned.includes(seat.uid)}
          />
        ))}
      </div>
      <div className="row">
        <Button onPress={() => void room.addSeat()} isDisabled={seats.length >= MOST_SEATS}>
          Add a seat
        </Button>
      </div>
      <div className="grid">
        <SwitchBoard room={room} switches={switches} welcome={welcome} />
        <EventLog entries={entries} />
      </div>
    </div>
  )
}
