import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** An option of a command. */
interface Option {
  /** The name of its value in the help; `undefined` for an option without a value. */
  readonly value?: string
  readonly about: string
  /** Whether it may be repeated. */
  readonly isMany?: boolean
  /** The possible values, for the completion. */
  readonly choices?: readonly string[]
}

/** The options of a command, by name. */
export type Options = Readonly<Record<string, Option>>

/** The parsed arguments of a command. */
export interface Arguments {
  readonly positionals: readonly string[]
  /** The last value of an option. */
  readonly value: (name: string) => string | undefined
  readonly values: (name: string) => readonly string[]
  readonly has: (name: string) => boolean
}

interface Given {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
}

/**
 * Parses arguments.
 *
 * @throws {UsageError} for an unknown option, a missing value or too many arguments
 */
export function readArguments(
  given: readonly string[],
  options: Options,
  mostPositionals: number,
): Arguments {
  const { tokens } = parseArgs({
    args: [...given],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' },
      ]),
    ),
  })
  const named = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []))
  for (const token of named) check(token, options)
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  if (positionals.length > mostPositionals) {
    throw new UsageError(
      `Expected at most ${mostPositionals} argument(s), got ${positionals.length}.`,
    )
  }
  const values = (name: string) => named.flatMap((it) => (it.name === name ? [it.value ?? ''] : []))
  return {
    positionals,
    values,
    value: (name) => values(name).at(-1),
    has: (name) => values(name).length > 0,
  }
}

const LOOKS_SECRET = /cert|secret|password|^key$/i

function check({ name, rawName, value }: Given, options: Options): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw unknown(name, rawName)
  if (option.value === undefined && value !== undefined)
    throw new UsageError(`--${name} takes no value, but got one.`)
  if (option.value === undefined || (value !== undefined && !value.startsWith('--'))) return
  throw new UsageError(`--${name}: expected ${option.value}, got no value.`)
}

function unknown(name: string, rawName: string): UsageError {
  if (LOOKS_SECRET.test(name)) {
    return new UsageError(
      'Never pass a certificate as an argument: other users of the machine can see arguments, and shells keep them.',
      'Set AGORA_APP_CERTIFICATE in the environment, or pass a file of variables: --env-file .env',
    )
  }
  const shown = /^--?[a-z][a-z-]{0,30}$/i.test(rawName)
    ? rawName
    : 'An argument that begins with a dash'
  return new UsageError(`${shown} is not an option of this command.`)
}
