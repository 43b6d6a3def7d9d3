import cluster from 'node:cluster'
import process from 'node:process'

import { checkSetup, findingLine } from './check-setup.ts'
import { readCommandLine } from './command-line.ts'
import { helpText } from './help-text.ts'
import { createLogger } from './logger.ts'
import { packageVersion } from './package-version.ts'
import type { Environment } from './read-config.ts'
import { runAlone } from './run-alone.ts'
import { runSupervisor } from './run-supervisor.ts'
import { runWorker } from './run-worker.ts'
import { readSetup, type Setup } from './setup.ts'
import { showConfig } from './show-config.ts'

/**
 * Does what the command line asks for. Resolves with an exit code, or with nothing when a server runs.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when that cannot be done
 */
export async function runCommand(
  args: readonly string[],
  env: Environment,
): Promise<number | undefined> {
  const { command, config: path } = readCommandLine(args)
  if (command === 'help') return print(helpText())
  if (command === 'version') return print(`${packageVersion()}\n`)
  const setup = await readSetup(path, env)
  if (command === 'print-config') return print(`${await showConfig(setup)}\n`)
  return command === 'check' ? runCheck(setup) : runServer(setup)
}

async function runCheck(setup: Setup): Promise<number> {
  const findings = await checkSetup(setup)
  print(findings.map((finding) => `${findingLine(finding)}\n`).join(''))
  return findings.every(({ isOk }) => isOk) ? 0 : 1
}

async function runServer(setup: Setup): Promise<undefined> {
  const logger = await createLogger(setup.config)
  if (setup.config.workers === 1) await runAlone(setup, logger)
  else if (cluster.isWorker) await runWorker(setup, logger)
  else await runSupervisor(setup, logger)
  return undefined
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
