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
}

/** One seat: its state, the users it sees, and its buttons. */
export function SeatCard({ room, seat, seats, hasEdge }: SeatCardProps): ReactNode {
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
      <SeatButtons room={room} seat={seat} hasEdge={hasEdge} />
    </Card>
  )
}

function SeatButtons({ room, seat, hasEdge }: Omit<SeatCardProps, 'seats'>): ReactNode {
  const { name, uid } = seat
  const actions = room.seat(name)
  if (!actions) return null
  const ban = (): void => void room.turn({ ban: uid }, `Seat ${name} is banned`)
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
      <Button kind="danger" onPress={ban} isDisabled={!hasEdge || !isIn(seat)}>
        Ban
      </Button>
    </div>
  )
}

function nameOf({ uid, hasAudio }: Remote, seats: readonly SeatState[]): string {
  const seat = seats.find((candidate) => candidate.uid === uid)
  return `${seat ? `Seat ${seat.name}` : uid}${hasAudio ? ' (publishes)' : ''}`
}
