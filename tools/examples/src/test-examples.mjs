// Each example as its users have it: started by `rtc-token init`, installed from a registry on loopback, tested
// by its own tests, and its page in a browser. Run it with `npx -y pnpm@12 test:examples`, with names behind it
// for some of them.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeRelease, withPublished } from '@rtc-token/rehearsal/release'
import { examplesIn } from '@rtc-token/release/example-folders'
import { step } from '@rtc-token/release/run'
import { ROOT } from '@rtc-token/release/workspace'
import { tryCopies } from './copies.mjs'

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-examples-'))
const root = join(folder, 'repository')
const copies = join(folder, 'examples')
try {
  await makeRelease(root)
  const names = wantedOf(examplesIn(root), process.argv.slice(2))
  await withPublished(folder, root, (registry) => tryCopies(root, names, copies, registry))
  await step('pages in a browser', () => tryPages())
} finally {
  rmSync(folder, { recursive: true })
}

/**
 * @param {readonly string[]} all
 * @param {readonly string[]} wanted
 */
function wantedOf(all, wanted) {
  const unknown = wanted.filter((name) => !all.includes(name))
  if (unknown.length > 0) throw new Error(`No example is called ${unknown.join(' or ')}`)
  return wanted.length > 0 ? wanted : all
}

function tryPages() {
  const vitest = join(ROOT, 'node_modules', '.bin', 'vitest')
  const config = join(ROOT, 'tools', 'examples', 'vitest.config.ts')
  const env = { ...process.env, RTC_TOKEN_EXAMPLES: copies }
  const { status } = spawnSync(vitest, ['run', '--config', config], { env, stdio: 'inherit' })
  if (status !== 0) throw new Error('a page did not stay in its call')
}
