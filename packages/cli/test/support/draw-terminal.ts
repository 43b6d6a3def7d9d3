// Colours of a light and a dark page that both have enough contrast on the dark ground of the picture.
const COLOURS: Readonly<Record<string, string>> = {
  plain: '#d7dce4',
  '31': '#ff8f8f',
  '32': '#8fd98f',
  '33': '#f0c674',
  '36': '#8fd3e8',
}
const ROW = 20
const COLUMN = 8.43
const MARGIN = 16

interface Piece {
  readonly text: string
  readonly colour: string
  readonly isStrong: boolean
  readonly isFaint: boolean
}

/** Draws what a program wrote to a terminal, with its colours, as a picture for a document. */
export function drawTerminal(command: string, output: string, label: string): string {
  const rows = [`\u001B[1m$ ${command}\u001B[22m`, ...output.trimEnd().split('\n')].map(piecesOf)
  const longest = Math.max(
    ...rows.map((row) => row.reduce((sum, { text }) => sum + text.length, 0)),
  )
  const width = Math.ceil(longest * COLUMN + 2 * MARGIN)
  const height = rows.length * ROW + 2 * MARGIN
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">
<rect width="${width}" height="${height}" rx="8" fill="#1c2027"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${rows.map(drawRow).join('\n')}
</g>
</svg>
`
}

function drawRow(row: readonly Piece[], index: number): string {
  const y = MARGIN + index * ROW + 15
  let column = 0
  const spans = row.map(({ text, colour, isStrong, isFaint }) => {
    const x = (MARGIN + column * COLUMN).toFixed(1)
    column += text.length
    const style = `${isStrong ? ' font-weight="bold"' : ''}${isFaint ? ' opacity="0.65"' : ''}`
    const length = (text.length * COLUMN).toFixed(1)
    return text.trim() === ''
      ? ''
      : `<tspan x="${x}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${colour}"${style}>${escaped(text)}</tspan>`
  })
  return `<text y="${y}">${spans.join('')}</text>`
}

// oxlint-disable-next-line no-control-regex -- the codes of colours
const CODE = /\u001B\[(\d+)m/

/** A row in pieces of one look; the codes are those that the program writes. */
function piecesOf(row: string): Piece[] {
  const pieces: Piece[] = []
  let [colour, isStrong, isFaint] = [COLOURS['plain']!, false, false]
  for (const [index, text] of row.split(CODE).entries()) {
    if (index % 2 === 0) pieces.push({ text, colour, isStrong, isFaint })
    else if (/^(?:1|2|22)$/.test(text)) [isStrong, isFaint] = [text === '1', text === '2']
    else colour = COLOURS[text] ?? COLOURS['plain']!
  }
  return pieces.filter(({ text }) => text !== '')
}

function escaped(text: string): string {
  // Pictures have their runs of blanks made one, unless they may not break.
  return text
    .replaceAll(' ', '\u00A0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
}
