import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

/** Where the tests have it: beside them, what is published may be packed at the same time. */
export const BUILT: string = join(PACKAGE, 'node_modules', '.built')

/** The same without `main.ts`: what a test calls in its own process. */
export const BUILT_RUN: string = join(PACKAGE, 'node_modules', '.built-run')

/** Builds the program once before its tests, so that they run what is published. */
export function setup(): void {
  bundle('--dir', BUILT)
  bundle('--dir', BUILT_RUN, '--input', 'src/run.ts')
}

function bundle(...options: readonly string[]): void {
  const manifest = createRequire(import.meta.url).resolve('rolldown/package.json')
  const bundler = join(dirname(manifest), 'bin', 'cli.mjs')
  execFileSync(process.execPath, [bundler, '-c', ...options, '--logLevel', 'warn'], {
    cwd: PACKAGE,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
