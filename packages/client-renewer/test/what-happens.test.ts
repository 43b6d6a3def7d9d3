import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { rows } from './support/what-happens-rows.ts'

// Each row of docs/what-happens.md is a test, and the file holds the rows whose tests have passed.

const FILE = join(import.meta.dirname, '../../../docs/what-happens.md')
const COMMAND =
  'WHAT_HAPPENS=write npx vitest run --project node packages/client-renewer/test/what-happens.test.ts'
const HEAD = `# What happens when …

What \`@rtc-token/client-renewer\` does when things go wrong, and which events your app gets. Each row is a
passing test.

| when | what happens |
| ---- | ------------ |
`

describe('what happens when', () => {
  const passed: string[] = []

  for (const { when, what, proof } of rows) {
    it(`${when}: ${what}`, async () => {
      await proof()
      passed.push(`| ${when} | ${what} |`)
    })
  }

  afterAll(() => {
    if (process.env['WHAT_HAPPENS'] === 'write')
      writeFileSync(FILE, `${HEAD}${passed.join('\n')}\n`)
  })

  it('is told in docs/what-happens.md', ({ skip }) => {
    if (process.env['WHAT_HAPPENS'] === 'write') skip('the file is being written')
    const told = readFileSync(FILE, 'utf8').split('\n').filter(isRow).map(normal)
    expect(told, `docs/what-happens.md is stale; to rewrite it: ${COMMAND}`).toEqual(
      passed.map(normal),
    )
  })
})

function isRow(line: string): boolean {
  return line.startsWith('| ') && !/^\| (when|-+) /.test(line)
}

// However a formatter lines up the columns.
function normal(row: string): string {
  return row.replaceAll(/\s+/g, ' ')
}
