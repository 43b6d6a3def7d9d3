import type { ReactNode } from 'react'
import type { AttackReport } from '../../../server/labs.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Facts } from '../../design/facts.tsx'
import { usePost } from '../../use-post.ts'
import './attacks.css'
import { ResultTable } from './result-table.tsx'

/** Runs attacks against the token handler and against an endpoint as commonly written. */
export function AttacksScreen(): ReactNode {
  const { reply, problem, isBusy, post } = usePost<AttackReport>()
  const text = isBusy ? 'Attacking …' : reply ? 'Attack again' : 'Run the attacks'
  return (
    <div className="stack">
      <Card
        title="Attack board"
        aside={
          <Button kind="primary" isDisabled={isBusy} onPress={() => void post('/demo/attacks/run')}>
            {text}
          </Button>
        }
      >
        <p>
          Each attack is sent to the token handler, as Lin, who may only listen, or without
          credentials; and beside it to an endpoint as it is commonly written. Both listen on this
          machine while the attacks run, and sign for projects that exist nowhere else.
        </p>
        <p role="status">{problem}</p>
        {reply && <Summary results={reply.results} />}
      </Card>
      {reply && <ResultTable results={reply.results} />}
    </div>
  )
}

function Summary({ results }: AttackReport): ReactNode {
  const held = results.filter(({ isHeld }) => isHeld).length
  const lost = results.filter(({ naive }) => naive.loot !== null).length
  const isGood = held === results.length
  return (
    <Facts
      facts={[
        ['Attacks', String(results.length)],
        [
          'Refused here, with nothing given away',
          <Badge key="held" tone={isGood ? 'good' : 'bad'}>
            {held} of {results.length}
          </Badge>,
        ],
        [
          'Answered with a token by the naive endpoint',
          <Badge key="lost" tone={lost === 0 ? 'good' : 'bad'}>
            {lost} of {results.length}
          </Badge>,
        ],
      ]}
    />
  )
}
