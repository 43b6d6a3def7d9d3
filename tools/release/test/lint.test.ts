import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { lintWithTools } from '../src/lint.mjs'
import { run } from '../src/run.mjs'

const ENTRY = { types: './index.d.ts', default: './index.js' }

/** A tarball of a package that exports a number. */
function tarballOf(entry: object, declarations: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-token-lint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'package'))
  const manifest = {
    name: 'it',
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    exports: { '.': entry },
  }
  const files = {
    'package.json': JSON.stringify(manifest),
    'index.js': 'export const one = 1\n',
    'index.d.ts': declarations,
  }
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'package', name), text)
  run('tar', ['-czf', 'it.tgz', 'package'], folder)
  return join(folder, 'it.tgz')
}

// One that is right is what the check of the packages has.
it.each([
  [
    'publint',
    { default: './index.js', types: './index.d.ts' },
    'export declare const one: number\n',
  ],
  ['attw', ENTRY, `export { one } from './gone'\n`],
])('refuses one that %s dislikes', (tool, entry, declarations) => {
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => printed.mockRestore())
  expect(() => lintWithTools(tarballOf(entry, declarations), true)).toThrow(tool)
})
