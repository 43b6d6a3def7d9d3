import { type ReactNode, useState } from 'react'
import { Card } from '../../design/card.tsx'
import { CopyButton } from '../../design/copy-button.tsx'
import { Select } from '../../design/field.tsx'
import { Log } from '../../design/log.tsx'
import { filterLog, type LogEntry, logText } from './log-entry.ts'

/** Longer logs make the page slow. Copying gives all lines. */
const SHOWN = 200

/** Every event of every seat, to filter and to copy. */
export function EventLog({ entries }: { readonly entries: readonly LogEntry[] }): ReactNode {
  const [seat, setSeat] = useState('')
  const [kind, setKind] = useState('')
  const lines = filterLog(entries, { seat, kind })
  const seats = optionsOf('All seats', entries, (entry) => entry.seat)
  const kinds = optionsOf('All kinds', entries, (entry) => entry.kind)
  const copy = <CopyButton text={() => logText(lines.toReversed())}>Copy as text</CopyButton>
  return (
    <Card title="What happened" aside={copy}>
      <div className="stack">
        <div className="filters">
          <Select label="Seat" value={seat} onChange={setSeat} options={seats} />
          <Select label="Kind" value={kind} onChange={setKind} options={kinds} />
        </div>
        <Log label="Events, the newest first" lines={lines.slice(0, SHOWN).map(toLine)} />
        <p className="unseen" role="status">
          {entries.find(({ kind, tone }) => kind !== 'phase' && tone !== 'plain')?.text}
        </p>
      </div>
    </Card>
  )
}

function toLine({ id, seat, kind, ...rest }: LogEntry): Parameters<typeof Log>[0]['lines'][number] {
  return { ...rest, key: id, marks: [seat || 'all', kind] }
}

function optionsOf(
  all: string,
  entries: readonly LogEntry[],
  read: (entry: LogEntry) => string,
): readonly (readonly [string, string])[] {
  const values = [...new Set(entries.map(read))].filter((value) => value !== '').toSorted()
  return [['', all], ...values.map((value) => [value, value] as const)]
}
