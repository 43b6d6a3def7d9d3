import { describe, expect, it } from 'vitest'
import { filterLog, type LogEntry, logText } from './log-entry.ts'

const entry = (id: number, seat: string, kind: LogEntry['kind']): LogEntry => ({
  id,
  at: id,
  seat,
  kind,
  text: `line ${id}`,
  tone: 'plain',
})
const ENTRIES = [entry(1, 'A', 'phase'), entry(2, 'B', 'phase'), entry(3, '', 'switch')]

describe('filterLog', () => {
  it.each([
    [{ seat: '', kind: '' }, [1, 2, 3]],
    [{ seat: 'A', kind: '' }, [1, 3]],
    [{ seat: '', kind: 'phase' }, [1, 2]],
    [{ seat: 'B', kind: 'phase' }, [2]],
  ])('passes with %o the lines %o', (filter, ids) => {
    expect(filterLog(ENTRIES, filter).map(({ id }) => id)).toEqual(ids)
  })
})

describe('logText', () => {
  it('writes moment, seat, kind and words of each line', () => {
    expect(logText(ENTRIES.slice(1))).toBe(
      '1970-01-01T00:00:00.002Z\tB\tphase\tline 2\n1970-01-01T00:00:00.003Z\tall\tswitch\tline 3',
    )
  })
})
