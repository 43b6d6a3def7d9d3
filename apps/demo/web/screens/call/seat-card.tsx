import type { ReactNode } from 'react'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Facts } from '../../design/facts.tsx'
import type { Room } from './room.ts'
import { isIn, mayJoin, mayLeave, mayRenew, type Remote, type SeatState } from './seat-state.ts'
import { PHASE_TONES } from './tell-story.ts'
import { barInUse } from './token-history.ts'

/** What the card of a seat shows. */
export interface SeatCardProps {
  readonly room: Room
  readonly seat: SeatState
  /** All seats of this page, to name those that this one sees. */
  readonly seats: readonly SeatState[]
  /** Whether this edge can ban a user. */
  readonly hasEdge: boolean
  /** Whether this seat's user is banned. */
  readonly isBanned: boolean
}

/** One seat: its state, the users it sees, and its buttons. */
export function SeatCard({ room, seat, seats, hasEdge, isBanned }: SeatCardProps): ReactNode {
  const { name, uid, phase, connection, tokens, history, remotes } = seat
  const tone =
    connection === 'CONNECTED' ? 'good' : connection === 'DISCONNECTED' ? 'plain' : 'warn'
  return (
    <Card title={`Seat ${name}`} aside={<Badge tone={PHASE_TONES[phase]}>{phase}</Badge>}>
      <Facts
        facts={[
          ['SDK connection', <Badge tone={tone}>{connection}</Badge>],
          ['User', uid],
          ['Tokens used', tokens],
          ['Token in use', <code>{barInUse(history)?.fingerprint ?? 'none'}</code>],
          ['Sees', remotes.map((remote) => nameOf(remote, seats)).join(', ') || 'no one'],
        ]}
      />
      <SeatButtons room={room} seat={seat} hasEdge={hasEdge} isBanned={isBanned} />
    </Card>
  )
}

type ButtonsProps = Omit<SeatCardProps, 'seats'>

function SeatButtons({ room, seat, hasEdge, isBanned }: ButtonsProps): ReactNode {
  const { name } = seat
  const actions = room.seat(name)
  if (!actions) return null
  const mayPublish = isIn(seat) && !seat.isPublishing
  return (
    <div className="row seat-buttons" role="group" aria-label={`Seat ${name}`}>
      <Button kind="primary" onPress={() => void actions.join()} isDisabled={!mayJoin(seat)}>
        Join
      </Button>
      <Button onPress={() => void actions.leave()} isDisabled={!mayLeave(seat)}>
        Leave
      </Button>
      <Button onPress={() => void actions.publish()} isDisabled={!mayPublish}>
        Publish a tone
      </Button>
      <Button onPress={() => void actions.renew()} isDisabled={!mayRenew(seat)}>
        Renew now
      </Button>
      <Button onPress={actions.sleep} isDisabled={!mayLeave(seat)}>
        Let the tab sleep
      </Button>
      {isBanned ? (
        <BannedButtons room={room} seat={seat} joinPast={actions.joinPast} />
      ) : (
        <BanButton room={room} seat={seat} hasEdge={hasEdge} />
      )}
    </div>
  )
}

function BanButton({ room, seat, hasEdge }: Omit<ButtonsProps, 'isBanned'>): ReactNode {
  const ban = (): void => void room.turn({ ban: seat.uid }, `Seat ${seat.name} is banned`)
  return (
    <Button kind="danger" onPress={ban} isDisabled={!hasEdge || !isIn(seat)}>
      Ban
    </Button>
  )
}

interface BannedProps extends Pick<ButtonsProps, 'room' | 'seat'> {
  readonly joinPast: () => Promise<void>
}

function BannedButtons({ room, seat, joinPast }: BannedProps): ReactNode {
  const readmit = (): void =>
    void room.turn({ readmit: seat.uid }, `Seat ${seat.name} may come back`)
  return (
    <>
      <Button onPress={() => void joinPast()}>Try the token in hand</Button>
      <Button onPress={readmit}>Readmit</Button>
    </>
  )
}

function nameOf({ uid, hasAudio }: Remote, seats: readonly SeatState[]): string {
  const seat = seats.find((candidate) => candidate.uid === uid)
  return `${seat ? `Seat ${seat.name}` : uid}${hasAudio ? ' (publishes)' : ''}`
}
