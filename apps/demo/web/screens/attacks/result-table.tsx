import type { ReactNode } from 'react'
import type { AttackAnswer, AttackResult } from '../../../server/attacks/attack-board.ts'
import type { Loot } from '../../../server/attacks/attack-loot.ts'
import type { AttackReport } from '../../../server/labs.ts'
import { Badge } from '../../design/badge.tsx'
import { Card } from '../../design/card.tsx'
import { Table } from '../../design/table.tsx'

/** Every attack with what each endpoint answered. */
export function ResultTable({ results }: AttackReport): ReactNode {
  return (
    <Card title="Results">
      <Table
        caption="What each endpoint answered"
        head={['Attack', 'This server', 'Naive endpoint']}
        rows={results.map((result) => ({
          key: result.name,
          cells: [
            <Attack key="attack" result={result} />,
            <Ours key="ours" result={result} />,
            <Naive key="naive" answer={result.naive} />,
          ],
        }))}
      />
    </Card>
  )
}

function Attack({
  result: { name, why, ours, naive },
}: {
  readonly result: AttackResult
}): ReactNode {
  return (
    <>
      {name}
      <p className="attack-note">{why}.</p>
      <details className="attack-note">
        <summary>What was sent</summary>
        <p>
          Here: <code>{sentence(ours)}</code>
        </p>
        <p>
          There: <code>{sentence(naive)}</code>
        </p>
      </details>
    </>
  )
}

function Ours({ result: { ours, isHeld } }: { readonly result: AttackResult }): ReactNode {
  return (
    <>
      <Badge tone={isHeld ? 'good' : 'bad'}>
        {ours.status} {ours.code ?? ''}
      </Badge>
      <p>{ours.loot === null ? 'Nothing given away' : 'Gave a token away'}</p>
    </>
  )
}

function Naive({ answer: { status, loot } }: { readonly answer: AttackAnswer }): ReactNode {
  return (
    <>
      <Badge tone={loot === null ? 'plain' : 'bad'}>{status}</Badge>
      {loot === null ? <p>Nothing given away</p> : <GivenAway loot={loot} />}
    </>
  )
}

function GivenAway({ loot }: { readonly loot: Loot }): ReactNode {
  const { channel, user, privileges, endsAt, livesSeconds, findings } = loot
  const mayPublish = privileges.includes('publishAudioStream')
  return (
    <ul className="attack-loot">
      <li>{channel === '*' ? 'Channel *: every channel' : `Channel ${JSON.stringify(channel)}`}</li>
      <li>{user === null ? 'For everybody' : `For user ${user}`}</li>
      <li>{mayPublish ? 'May join and publish' : 'May join and listen'}</li>
      <li>
        Good for {Math.round(livesSeconds / 3600)} h, until{' '}
        {new Date(endsAt * 1000).toLocaleString()}
      </li>
      {findings.length > 0 && (
        <li>
          <details>
            <summary>What is wrong with it</summary>
            {findings.map((finding) => (
              <p key={finding}>{finding}</p>
            ))}
          </details>
        </li>
      )}
    </ul>
  )
}

function sentence({ request: { method, path, headers, body } }: AttackAnswer): string {
  const shown = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path}`, ...shown, clipped(body)].filter((part) => part !== '').join(' · ')
}

function clipped(body = ''): string {
  return body.length > 200 ? `${body.slice(0, 200)}…` : body
}
