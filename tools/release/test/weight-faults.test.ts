import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BROWSER_FLOOR } from '../src/browser-faults.mjs'
import { leftovers } from '../src/leftovers.mjs'
import { loadedModules } from '../src/loaded-modules.mjs'
import { loadFaults, unpackedFaults } from '../src/weight-faults.mjs'

it('a package may be so large, and not larger', () => {
  const manifest = { name: 'rtc-token', version: '1.0.0' }
  const sized = (bytes: number) => new Map([['dist/program.js', 'x'.repeat(bytes)]])
  expect(unpackedFaults(manifest, sized(650_000))).toEqual([])
  expect(unpackedFaults(manifest, sized(650_001)).join()).toContain('650001 bytes')
})

it('what an entry point loads is counted, and may not be more', () => {
  const app = mkdtempSync(join(tmpdir(), 'rtc-token-loads-'))
  onTestFinished(() => rmSync(app, { recursive: true }))
  const folder = join(app, 'node_modules', 'it')
  mkdirSync(folder, { recursive: true })
  const files = {
    'package.json': '{ "type": "module", "exports": "./index.js" }',
    'index.js': `import './part.js'\nimport 'node:net'\nconst later = () => import('./later.js')\n`,
    'part.js': '/* kB */'.repeat(125),
    'later.js': '',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)

  const loaded = loadedModules('it', app)
  expect(loaded.files).toEqual([join(folder, 'index.js'), join(folder, 'part.js')])
  const limits = { entry: 'it', files: 2, kilobytes: 2, builtins: ['node:net'] }
  expect(loadFaults(limits, loaded)).toEqual([])
  expect(loadFaults({ ...limits, files: 1 }, loaded).join()).toContain('2 files')
  expect(loadFaults({ ...limits, kilobytes: 1 }, loaded).join()).toContain('bytes, not 1 kB')
  expect(loadFaults({ ...limits, builtins: [] }, loaded).join()).toContain('loads node:net')
})

it.each([
  ['const ids = new Set([1, 2])', ''],
  ['const ids = /* @__PURE__ */ list().concat(1)\nfunction list() { return [] }', ''],
  [`import { a } from 'other'\nimport './part.js'`, ''],
  ['const ids = list()\nfunction list() { return Object.keys(globalThis) }', 'list()'],
  ['const ids = { ONE: 1 }\nconst one = ids.ONE', 'ONE'],
])('a page that uses nothing of %j keeps %j', async (code, rest) => {
  const readme = ['README.md', `Browsers: ${BROWSER_FLOOR}.`] as const
  const file = ['dist/shared/part.js', `${code}\nexport const unused = 1`] as const
  const found = await leftovers(new Map([readme, file]))
  expect(found).toHaveLength(rest === '' ? 0 : 1)
  expect(found.join()).toContain(rest)
  expect(await leftovers(new Map([file]))).toEqual([])
})
