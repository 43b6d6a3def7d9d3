import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')
const guide = read('docs/phases.md')

it('docs/phases.md has a row for each phase of a renewer and for no other', () => {
  const [, union = ''] =
    /export type Phase =([^]*?)\n\n/.exec(read('packages/client-renewer/src/events.ts')) ?? []
  const phases = [...union.matchAll(/'(\w+)'/g)].map(([, phase]) => phase)
  const rows = [...guide.matchAll(/^\| `(\w+)` +\|.+\|.+\|.+\|$/gm)].map(([, phase]) => phase)
  expect(phases.length).toBeGreaterThan(5)
  expect(new Set(rows)).toEqual(new Set(phases))
})

it('docs/phases.md has a row for each member of a renewer', () => {
  const source = read('packages/client-renewer/src/renewer-actions.ts')
  const members = [...source.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, name]) => name)
  expect(members.length).toBeGreaterThan(5)
  for (const member of members) expect(guide).toMatch(new RegExp(`^\\| \`${member}[\`(]`, 'm'))
})
