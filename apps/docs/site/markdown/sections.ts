/** A part of a document, by its heading. */
export interface MarkdownSection {
  readonly title: string
  /** What stands below the heading. */
  readonly text: string
}

/**
 * Splits a document at its headings of a level. What stands above the first of them has an empty title.
 *
 * @param level - such as 2 for `##`
 */
export function splitSections(markdown: string, level: number): readonly MarkdownSection[] {
  const parts = markdown.split(new RegExp(`^${'#'.repeat(level)} (.+)$`, 'm'))
  const [above = '', ...rest] = parts
  const sections = rest.flatMap((title, index) =>
    index % 2 === 0 ? [{ title, text: (rest[index + 1] ?? '').trim() }] : [],
  )
  return [{ title: '', text: above.trim() }, ...sections]
}

/** The rows of the tables in a document, the cells by the heads of their columns. */
export function tableRows(markdown: string): readonly ReadonlyMap<string, string>[] {
  const tables = markdown.match(/(?:^\|.*\n?)+/gm) ?? []
  return tables.flatMap((table) => {
    const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf)
    return rows.map((cells) => new Map(head.map((name, index) => [name, cells[index] ?? ''])))
  })
}

function cellsOf(line: string): readonly string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1)
  return cells.map((cell) => cell.trim())
}
