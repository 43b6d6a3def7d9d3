import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const VITEST = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)

/** Runs the tests in a folder in a process of their own, as a reader does. */
export async function runVitest(
  folder: string,
): Promise<{ readonly passed: number; readonly failed: number }> {
  const report = join(folder, 'report.json')
  const config = join(import.meta.dirname, 'reader.vitest.config.ts')
  const args = ['run', '--root', folder, '--config', config]
  const reporting = ['--reporter=json', `--outputFile=${report}`]
  // It ends with 1 when a test fails; the report says which.
  await promisify(execFile)(process.execPath, [VITEST, ...args, ...reporting]).catch(() => {})
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  return { passed: numPassedTests, failed: numFailedTests }
}
