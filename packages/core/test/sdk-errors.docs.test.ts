import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sdkErrorTables } from './support/sdk-error-tables.ts'

const ERRORS = new URL('../../../docs/errors.md', import.meta.url)

/** Without what a formatter does to tables. */
function plain(markdown: string): string {
  return markdown.replaceAll(/-{3,}/g, '---').replaceAll(/ {2,}/g, ' ')
}

it('docs/errors.md has the table of the errors of the SDKs', () => {
  const section = readFileSync(ERRORS, 'utf8')
    .split(/^## /m)
    .find((it) => it.startsWith('SDK errors'))
  expect(
    plain(section ?? '')
      .slice(plain(section ?? '').indexOf('### '))
      .trim(),
  ).toBe(plain(sdkErrorTables()))
})
