#!/usr/bin/env node
import { packageVersion } from './config/package-version.ts'
import { print } from './service/print.ts'

try {
  const code = await run(process.argv.slice(2))
  if (code !== undefined) process.exit(code)
} catch (error) {
  const { failureLine } = await import('./commands/failure-line.ts')
  const { say } = await import('./service/output.ts')
  say(failureLine(error))
  process.exit(1)
}

/** Loads the server only for commands that need it. */
async function run(args: readonly string[]): Promise<number | undefined> {
  const [first, ...others] = args
  if (others.length === 0 && (first === '--version' || first === '-v'))
    return print(`${packageVersion()}\n`)
  const { runCommand } = await import('./commands/run-command.ts')
  return await runCommand(args, process.env, print)
}
