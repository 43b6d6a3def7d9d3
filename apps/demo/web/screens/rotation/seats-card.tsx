import { type ReactNode, useSyncExternalStore } from 'react'
import type { RotationSeat } from '../../../server/rotation/rotation.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Table } from '../../design/table.tsx'
import type { ScreenProps } from '../../screen.ts'
import { roomOf } from '../call/room.ts'
import { isIn, mayJoin, type SeatState } from '../call/seat-state.ts'

/** The seats of the Call screen, which live on these keys, as they and the edge see them. */
export function SeatsCard({
  welcome,
  seats,
}: ScreenProps & { readonly seats: readonly RotationSeat[] }): ReactNode {
  const room = roomOf(welcome)
  const { seats: own } = useSyncExternalStore(room.subscribe, room.state)
  return (
    <Card title="In the call, through it all">
      <p className="muted">
        The seats of the Call screen, with the real SDK. Each renews by itself and moves to the new
        key; no one leaves the call.
      </p>
      <Table
        caption="Who is in the call"
        head={['Seat', 'The SDK says', 'Tokens so far', 'Token at the edge', 'Its key']}
        rows={own.map((state) => {
          const { name, uid, tokens } = state
          const seat = seats.find(({ user }) => user === String(uid))
          return {
            key: name,
            cells: [
              `${name} · ${uid}`,
              <Connection
                key="connection"
                state={state}
                onJoin={() => void room.seat(name)?.join()}
              />,
              tokens,
              <code key="token">{seat?.tokenFingerprint ?? 'not there'}</code>,
              <code key="key">{seat?.keyId ?? '–'}</code>,
            ],
          }
        })}
      />
    </Card>
  )
}

function Connection({
  state,
  onJoin,
}: {
  readonly state: SeatState
  readonly onJoin: () => void
}): ReactNode {
  const { connection, name } = state
  return (
    <span className="row">
      <Badge tone={isIn(state) ? 'good' : 'warn'}>{connection}</Badge>
      {mayJoin(state) && <Button onPress={onJoin}>Join as {name}</Button>}
    </span>
  )
}
