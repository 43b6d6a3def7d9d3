import { parseArgs } from 'node:util'

import { ConfigError } from '../config/config-error.ts'

/** The parsed command line. @internal */
export interface CommandLine {
  readonly command: 'serve' | 'check' | 'print-config' | 'help' | 'version' | 'remove' | 'readmit'
  /** Path of the config file. */
  readonly config: string | undefined
  /** The options of `remove` and `readmit`, as typed. */
  readonly named: Readonly<Partial<Record<NameOfUser, string>>>
}

/** An option of `remove` and `readmit`. @internal */
export type NameOfUser =
  | 'uid'
  | 'account'
  | 'subject'
  | 'channel'
  | 'services'
  | 'seconds'
  | 'until'
  | 'reason'

const FLAGS = ['help', 'version', 'check', 'print-config'] as const
const VERBS = ['remove', 'readmit'] as const
const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const NAMES = {
  uid: text,
  account: text,
  subject: text,
  channel: text,
  services: text,
  seconds: text,
  until: text,
  reason: text,
} as const satisfies Record<NameOfUser, object>
const OPTIONS = {
  config: text,
  check: flag,
  'print-config': flag,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'v' },
} as const

/**
 * Reads the arguments.
 *
 * @internal
 * @throws {ConfigError} for an unknown argument
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const verb = VERBS.find((name) => name === args[0])
  const { config, ...values } = verb ? parseVerb(args.slice(1)) : parse(args)
  const { help, version, check, 'print-config': printConfig, ...named } = values
  const flags = { help, version, check, 'print-config': printConfig }
  return { command: FLAGS.find((name) => flags[name]) ?? verb ?? 'serve', config, named }
}

function parse(args: readonly string[]) {
  return orExplain(() => parseArgs({ args: [...args], options: OPTIONS }).values)
}

function parseVerb(args: readonly string[]) {
  return orExplain(() => parseArgs({ args: [...args], options: { ...OPTIONS, ...NAMES } }).values)
}

function orExplain<T>(parsed: () => T): T {
  try {
    return parsed()
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown arguments'
    throw new ConfigError(`${reason}; see --help`, { cause: error })
  }
}
