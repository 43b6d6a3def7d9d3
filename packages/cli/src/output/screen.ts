import { visible } from './visible.ts'

/** The meaning of a piece of text, which decides its colour. */
export type Style = 'plain' | 'strong' | 'faint' | 'good' | 'bad' | 'doubtful' | 'name'

/** A piece of a line. The text may be untrusted: `draw` makes it safe for a terminal. */
export interface Span {
  readonly text: string
  readonly style: Style
}

/** One line of output for people. */
export type Line = readonly Span[]

const CODES: Readonly<Record<Style, readonly [on: number, off: number] | undefined>> = {
  plain: undefined,
  strong: [1, 22],
  faint: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  doubtful: [33, 39],
  name: [36, 39],
}

/** Makes a piece of a line. */
export function span(text: string, style: Style = 'plain'): Span {
  return { text, style }
}

/** Makes a line from pieces; a string is a plain piece. */
export function line(...pieces: readonly (string | Span)[]): Line {
  return pieces.map((piece) => (typeof piece === 'string' ? span(piece) : piece))
}

/** Draws lines for a terminal, or as plain text. Escapes control characters, so that the terminal obeys none. */
export function draw(lines: readonly Line[], isColoured: boolean): string {
  return lines
    .map(
      (pieces) =>
        `${pieces
          .map((it) => drawSpan(it, isColoured))
          .join('')
          .trimEnd()}\n`,
    )
    .join('')
}

function drawSpan({ text, style }: Span, isColoured: boolean): string {
  const code = CODES[style]
  const shown = visible(text, Number.POSITIVE_INFINITY)
  return isColoured && code ? `\u001B[${code[0]}m${shown}\u001B[${code[1]}m` : shown
}

/** Wraps a text to a width, with an indentation. Breaks long words too. */
export function wrap(
  text: string,
  width: number,
  indent: string = '',
  style: Style = 'plain',
): Line[] {
  const room = Math.max(20, width - indent.length)
  const rows: string[] = ['']
  for (const word of visible(text, 4000)
    .split(' ')
    .flatMap((word) => chunksOf(word, room))) {
    const row = rows.at(-1)!
    if (row !== '' && row.length + 1 + word.length > room) rows.push(word)
    else rows[rows.length - 1] = row === '' ? word : `${row} ${word}`
  }
  return rows.map((row) => line(indent, span(row, style)))
}

function chunksOf(word: string, length: number): string[] {
  const count = Math.max(1, Math.ceil(word.length / length))
  return Array.from({ length: count }, (_, index) =>
    word.slice(index * length, (index + 1) * length),
  )
}

/** Cuts a text to a width. */
export function cut(text: string, width: number): string {
  const shown = visible(text)
  return shown.length <= width ? shown : `${shown.slice(0, Math.max(1, width - 1))}…`
}
