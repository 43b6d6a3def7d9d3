import type { ReactNode } from 'react'
import type { SwitchState } from '../../../server/token-server/switches.ts'
import type { TokenServerState } from '../../../server/token-server/token-server-state.ts'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Choice } from '../../design/choice.tsx'
import type { ScreenProps } from '../../screen.ts'
import type { Room } from './room.ts'

interface BoardProps extends ScreenProps {
  readonly room: Room
  readonly switches: SwitchState
}

const TOKEN_SERVER: readonly (readonly [TokenServerState, string])[] = [
  ['up', 'Up'],
  ['down', 'Down'],
  ['slow', 'Slow'],
  ['429', '429 Too many'],
  ['403', '403 Forbidden'],
]

/** Everything that can be broken for all seats at once. */
export function SwitchBoard({ room, switches, welcome }: BoardProps): ReactNode {
  return (
    <Card title="Break things">
      <div className="stack">
        <Choice
          label="Token server"
          value={switches.tokenServer}
          options={TOKEN_SERVER}
          onChange={(tokenServer) =>
            void room.turn({ tokenServer }, `The token server is: ${tokenServer}`)
          }
        />
        <div className="row">
          <Button
            onPress={() => void room.turn({ restart: true }, 'The token server has restarted')}
          >
            Restart the token server
          </Button>
        </div>
        {welcome.isCloud ? (
          <p className="muted">Agora’s cloud cannot be broken from here.</p>
        ) : (
          <EdgeSwitches room={room} switches={switches} welcome={welcome} />
        )}
      </div>
    </Card>
  )
}

function EdgeSwitches({ room, switches, welcome }: BoardProps): ReactNode {
  const { ignoresRenewals, isLineCut, aheadSeconds } = switches
  return (
    <>
      <Choice
        label="Clock of the edge"
        value={String(aheadSeconds)}
        options={clockOptions(welcome.ttlSeconds)}
        onChange={(seconds) =>
          void room.turn(
            { aheadSeconds: Number(seconds) },
            `The edge’s clock is ${seconds} s ahead`,
          )
        }
      />
      <div className="row" role="group" aria-label="Edge">
        <Button
          isPressed={ignoresRenewals}
          onPress={() =>
            void room.turn(
              { ignoresRenewals: !ignoresRenewals },
              ignoresRenewals ? 'The edge answers renewals' : 'The edge ignores renewals',
            )
          }
        >
          Ignore renew_token
        </Button>
        <Button
          isPressed={isLineCut}
          onPress={() =>
            void room.turn(
              { isLineCut: !isLineCut },
              isLineCut ? 'The line is mended' : 'The line is cut',
            )
          }
        >
          Cut the line
        </Button>
        <Button onPress={() => void room.turn({ dropLines: true }, 'The lines have dropped')}>
          Drop the line once
        </Button>
      </div>
    </>
  )
}

// Behind: each new token is from the future. A quarter of a life ahead leaves time to renew, a whole
// one does not: every token has ended when it arrives.
function clockOptions(ttlSeconds: number): readonly (readonly [string, string])[] {
  const quarter = ttlSeconds / 4
  return [
    [String(-quarter), `${quarter} s behind`],
    ['0', 'Right'],
    [String(quarter), `${quarter} s ahead`],
    [String(ttlSeconds), `${ttlSeconds} s ahead`],
  ]
}
