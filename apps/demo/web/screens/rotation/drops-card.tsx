import type { ReactNode } from 'react'
import type { DropReport } from '../../../server/labs.ts'
import type { DropOutcome } from '../../../server/rotation/rotation-drops.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Table } from '../../design/table.tsx'
import { usePost } from '../../use-post.ts'

/** What happens when the old key is dropped while tokens of it are in use. */
export function DropsCard(): ReactNode {
  const { reply, problem, isBusy, post } = usePost<DropReport>()
  return (
    <Card
      title="What if the old key is dropped too early?"
      aside={
        <Button
          kind="danger"
          isDisabled={isBusy}
          onPress={() => void post('/demo/rotation/compare')}
        >
          Try it on throw-away projects
        </Button>
      }
    >
      <p>
        The server recovers, since the renewer asks again without a proof. But a client that joins
        with, or comes back on, a token of the dropped key is turned away, however long it had to
        live.
      </p>
      <p role="status">{problem}</p>
      {reply && (
        <Table
          caption="One rotation with an overlap, one without"
          head={['What happens next', 'Kept until its tokens ended', 'Dropped at once']}
          rows={reply.comparisons.map(({ question, kept, early }) => ({
            key: question,
            cells: [
              question,
              <Outcome key="kept" outcome={kept} />,
              <Outcome key="early" outcome={early} />,
            ],
          }))}
        />
      )}
    </Card>
  )
}

function Outcome({ outcome: { isGood, text } }: { readonly outcome: DropOutcome }): ReactNode {
  return <Badge tone={isGood ? 'good' : 'bad'}>{text}</Badge>
}
