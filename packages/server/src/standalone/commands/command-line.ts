import { parseArgs } from 'node:util'

import { ConfigError } from '../config/config-error.ts'

/** The parsed command line. @internal */
export interface CommandLine {
  readonly command: 'serve' | 'check' | 'print-config' | 'help' | 'version'
  /** Path of the config file. */
  readonly config: string | undefined
}

const COMMANDS = ['help', 'version', 'check', 'print-config'] as const

/**
 * Reads the arguments.
 *
 * @internal
 * @throws {ConfigError} for an unknown argument
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args)
  const command = COMMANDS.find((name) => values[name]) ?? 'serve'
  return { command, config: values.config }
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean' } as const
  const options = {
    config: { type: 'string' },
    check: flag,
    'print-config': flag,
    help: { ...flag, short: 'h' },
    version: { ...flag, short: 'v' },
  } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown arguments'
    throw new ConfigError(`${reason}; see --help`, { cause: error })
  }
}
