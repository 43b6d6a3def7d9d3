const ROW = /^\|.*\|$/gm

/** Takes the blanks out of a document's tables that only line up their columns. */
export function narrowTables(markdown: string): string {
  return markdown.replaceAll(ROW, (row) =>
    row.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ').replaceAll(/-{4,}/g, '---'),
  )
}
