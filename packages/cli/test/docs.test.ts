import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SOURCES = join(ROOT, 'packages/cli/src')
const page = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8')
const library = ['docs/errors.md', 'docs/findings.md', 'docs/standalone.md']
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .join('\n')

const texts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))

/** The codes that findings of this program have, beside those of the library. */
const codes = new Set(
  texts
    .flatMap((text) => [...text.matchAll(/'([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)'/g)])
    .map(([, code = '']) => code)
    .filter(
      (code) =>
        !['GET', 'POST', 'OPTIONS', 'HEAD'].includes(code) &&
        !/^(?:NO_COLOR|FORCE_COLOR|COLUMNS|TERM|SECONDARY|NFKD|NAME|N|FILE|TIME|TEXT|LENGTH|LIST|ROLE|ID|P|V|DIR|CERT|JSON)$/.test(
          code,
        ),
    )
    .filter((code) => !library.includes(`\`${code}\``)),
)

describe('docs/cli.md', () => {
  it('has a row for each code of this program and for no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code = '']) => code)
    expect(codes.size).toBeGreaterThan(20)
    expect(rows.toSorted()).toEqual([...codes].toSorted())
  })

  it('describes every command', () => {
    for (const name of Object.keys(COMMANDS)) expect(page).toContain(`\`rtc-token ${name}`)
  })
})
