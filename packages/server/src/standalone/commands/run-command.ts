import { checkSetup } from './check-setup.ts'
import { readCommandLine } from './command-line.ts'
import { findingLine } from './finding.ts'
import { helpText } from './help-text.ts'
import { moderate, type Moderated } from './moderate.ts'
import { packageVersion } from '../config/package-version.ts'
import { readSetup, type Setup } from '../config/setup.ts'
import type { Environment } from '../config/config.ts'
import { runServer } from '../process/run-server.ts'
import { showConfig } from './show-config.ts'

/** Prints a text and returns the exit code 0. */
type Print = (text: string) => number

/**
 * Runs the command line. Resolves with an exit code, or with `undefined` when a server is running.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when the configuration is invalid
 */
export async function runCommand(
  args: readonly string[],
  env: Environment,
  print: Print,
): Promise<number | undefined> {
  const { command, config: path, named } = readCommandLine(args)
  if (command === 'help') return print(helpText())
  if (command === 'version') return print(`${packageVersion()}\n`)
  if (command === 'print-config') return print(`${await showConfig(await readSetup(path, env))}\n`)
  if (command === 'check') return runCheck(await readSetup(path, env), print)
  if (command === 'remove' || command === 'readmit') {
    return runModeration(await moderate(command, named, await readSetup(path, env)), print)
  }
  await runServer(path, env)
  return undefined
}

async function runCheck(setup: Setup, print: Print): Promise<number> {
  const findings = await checkSetup(setup)
  print(findings.map((finding) => `${findingLine(finding)}\n`).join(''))
  return findings.some(({ outcome }) => outcome === 'FAIL') ? 1 : 0
}

function runModeration({ lines, isDone }: Moderated, print: Print): number {
  print(lines.map((line) => `${line}\n`).join(''))
  return isDone ? 0 : 1
}
