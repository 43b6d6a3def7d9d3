import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

/** Where the tests have it: beside them, what is published may be packed at the same time. */
export const BUILT: string = join(PACKAGE, 'node_modules', '.built')

/** Builds the program once before its tests, so that they run what is published. */
export function setup(): void {
  const manifest = createRequire(import.meta.url).resolve('rolldown/package.json')
  const bundler = join(dirname(manifest), 'bin', 'cli.mjs')
  execFileSync(process.execPath, [bundler, '-c', '--dir', BUILT, '--logLevel', 'warn'], {
    cwd: PACKAGE,
    stdio: 'inherit',
  })
}
