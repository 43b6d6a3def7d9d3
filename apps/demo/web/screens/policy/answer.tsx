import type { ReactNode } from 'react'
import type { LabAnswer } from '../../../server/policy-lab/policy-lab.ts'
import type { LabStep } from '../../../server/policy-lab/policy-lab-steps.ts'
import { Badge } from '../../design/badge.tsx'
import { Card } from '../../design/card.tsx'
import { Table } from '../../design/table.tsx'
import { Code } from './code.tsx'

const WORDS: Readonly<Record<LabStep['name'], string>> = {
  limit: 'Limits: not too often?',
  authenticate: 'Authenticate: who asks?',
  authorize: 'Authorize: what may they get?',
  sign: 'Sign',
}

/** What was sent, what happened to it, and what came back. */
export function Answer({ answer }: { readonly answer: LabAnswer }): ReactNode {
  const { request, steps, reply, event } = answer
  return (
    <>
      <Card title="Reply" aside={<Outcome answer={answer} />}>
        <div className="stack">
          <Code label="Body of the reply" content={reply.body} />
          <Code label="Headers of the reply" content={linesOf(reply.headers)} />
        </div>
      </Card>
      <Card title="Steps">
        <Table
          caption="How far the request came"
          head={['Step', 'Time']}
          rows={steps.map(({ name, ms }) => ({
            key: name,
            cells: [WORDS[name], ms === null ? 'not reached' : `${ms.toFixed(2)} ms`],
          }))}
        />
      </Card>
      <Card title="Request">
        <Code
          label="The request"
          content={`${request.method} ${request.path}\n${linesOf(request.headers)}\n\n${JSON.stringify(request.body, null, 2)}`}
        />
      </Card>
      <Card title="Audit event">
        <Code label="The audit event" content={event ?? 'None was written.'} />
      </Card>
    </>
  )
}

function Outcome({ answer: { reply, fingerprint } }: { readonly answer: LabAnswer }): ReactNode {
  const isGranted = fingerprint !== null
  const text = isGranted ? 'granted' : String(reply.body['code'])
  return (
    <Badge tone={isGranted ? 'good' : 'bad'}>
      {reply.status} {text}
    </Badge>
  )
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
