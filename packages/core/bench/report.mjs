// The figures as tables of the documents; the benches of the other packages use it too.

const plain = (value) => value.toFixed(value < 10 ? 1 : 0)
const range = ({ mean, least, most }) => `${plain(mean)} (${plain(least)}–${plain(most)})`

const each = (rows, step) => rows.map((row) => (row[step] / row.size).toFixed(2))

/** One line for each comparison; spreads in brackets. */
export function comparisonTable(rows) {
  const lines = rows.flatMap(({ what, names, micros, against }) => {
    const own = [what, names, range(micros)]
    if (against.length === 0) return [[...own, '', '', '', '']]
    return against.map((other, i) => [
      ...(i === 0 ? own : ['', '', '']),
      other.name,
      range(other.micros),
      `**${range(other.processor)}**`,
      range(other.clock),
    ])
  })
  const head = ['what', 'names', 'rtc-token, µs', 'beside', 'its µs', 'ratio', 'by the clock']
  return table(head, lines)
}

/** What one service or privilege costs in tokens of growing size. */
export function growthTable(groups) {
  const sizes = Object.values(groups)[0].map(({ size }) => String(size))
  const lines = Object.entries(groups).flatMap(([what, rows]) => [
    [what, 'mint', ...each(rows, 'mint')],
    ['', 'decode', ...each(rows, 'decode')],
    ['', 'verify', ...each(rows, 'verify')],
  ])
  return table(['what', 'step', ...sizes], lines)
}

/** Replaces what stands between `<!-- bench NAME -->` and `<!-- end -->`. */
export function replaceBetween(document, name, text) {
  const start = `<!-- bench ${name} -->\n`
  const from = document.indexOf(start)
  const to = document.indexOf('<!-- end -->', from)
  if (from < 0 || to < 0) throw new Error(`the document has no place for ${name}`)
  return `${document.slice(0, from + start.length)}\n${text}\n\n${document.slice(to)}`
}

/** A table, padded as oxfmt does, so that writing the document again changes figures only. */
export function table(head, lines) {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...lines].map((line) => line[i].length)))
  const row = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n')
}
