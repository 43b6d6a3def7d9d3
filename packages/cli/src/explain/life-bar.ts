import { lengthText, momentText } from '../output/moments.ts'
import { type Line, line, type Span, span, type Style } from '../output/screen.ts'

/** The life of a token, in Unix seconds. */
export interface Life {
  readonly issuedAt: number
  /** Whether the issue time is not in the token but assumed from what builders do. */
  readonly isIssueGuessed: boolean
  readonly endsAt: number
  readonly now: number
}

interface Mark {
  readonly at: number
  readonly label: string
  readonly style: Style
}

// The life gets at least this share of the bar, however far away now is.
const LEAST_SHARE = 0.4

/** Draws a life as a bar with labels for its issue, now and its end. */
export function drawLife(life: Life, width: number): Line[] {
  const room = Math.max(20, Math.min(width - 4, 74))
  const marks = marksOf(life, room)
  return [
    line('  ', ...bar(life, marks, room)),
    ...labels(marks, room).map((row) => line('  ', ...row)),
  ]
}

function marksOf(
  { issuedAt, endsAt, now, isIssueGuessed }: Life,
  room: number,
): readonly [Mark, Mark, Mark] {
  const place = scale([issuedAt, endsAt], now, room)
  const isOver = now >= endsAt
  const distance = isOver
    ? `${lengthText(now - endsAt)} too late`
    : `${lengthText(endsAt - now)} left`
  const early = now < issuedAt ? `, ${lengthText(issuedAt - now)} too early` : ''
  // Within the life, now gets its own column.
  const [first, last] = [place(issuedAt), place(endsAt)]
  const isWithin = now >= issuedAt && now < endsAt && last - first > 1
  const nowAt = isWithin ? Math.min(Math.max(place(now), first + 1), last - 1) : place(now)
  return [
    {
      at: place(issuedAt),
      label: `issued ${isIssueGuessed ? 'about ' : ''}${momentText(issuedAt)}`,
      style: 'plain',
    },
    { at: place(endsAt), label: `ends ${momentText(endsAt)}`, style: isOver ? 'bad' : 'plain' },
    {
      at: nowAt,
      label: `now ${momentText(now)}, ${distance}${early}`,
      style: isOver || early ? 'bad' : 'good',
    },
  ]
}

/** Maps times to columns. Shortens the distance if now is far from the life. */
function scale(
  [start, end]: readonly [number, number],
  now: number,
  room: number,
): (time: number) => number {
  const life = Math.max(1, end - start)
  const most = life / LEAST_SHARE - life
  const near = Math.min(Math.max(now, start - most), end + most)
  const from = Math.min(start, near)
  const whole = Math.max(end, near) - from
  return (time) =>
    Math.round(((Math.min(Math.max(time, from), from + whole) - from) / (whole || 1)) * (room - 1))
}

function bar(life: Life, [issue, end, now]: readonly [Mark, Mark, Mark], room: number): Span[] {
  const cells = Array.from({ length: room }, (_, column): Span => {
    if (column === now.at) return span('●', now.style)
    if (column === issue.at) return span('├')
    if (column === end.at) return span('┤', end.style)
    if (column > issue.at && column < end.at) return inLife(column, now, life)
    const isBetween = (column > end.at && column < now.at) || (column < issue.at && column > now.at)
    return isBetween ? span('┄', 'bad') : span(' ')
  })
  return merged(cells)
}

function inLife(column: number, now: Mark, { now: time, endsAt }: Life): Span {
  if (column < now.at) return span('━', time >= endsAt ? 'bad' : 'faint')
  return span('─', 'good')
}

function merged(cells: readonly Span[]): Span[] {
  const spans: Span[] = []
  for (const cell of cells) {
    const last = spans.at(-1)
    if (last?.style === cell.style)
      spans[spans.length - 1] = span(last.text + cell.text, cell.style)
    else spans.push(cell)
  }
  return spans
}

interface Row {
  readonly pieces: Span[]
  length: number
}

/** Puts each label under its mark, in the first row with enough room. */
function labels(marks: readonly Mark[], room: number): Span[][] {
  const rows: Row[] = []
  const placed = marks
    .map((mark) => ({ ...mark, start: startOf(mark, room) }))
    .toSorted((a, b) => a.start - b.start)
  for (const { start, label, style } of placed) {
    let row = rows.find((it) => it.length === 0 || it.length + 2 <= start)
    if (!row) rows.push((row = { pieces: [], length: 0 }))
    row.pieces.push(span(' '.repeat(start - row.length)), span(label, style))
    row.length = start + label.length
  }
  return rows.map(({ pieces }) => pieces)
}

function startOf({ at, label }: Mark, room: number): number {
  return Math.max(0, at + label.length <= room ? at : Math.min(at + 1, room) - label.length)
}
