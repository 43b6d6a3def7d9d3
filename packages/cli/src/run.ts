import { isTokenError } from '@rtc-token/core'
import { redactSecrets } from '@rtc-token/server'
import type { Command } from './arguments/command.ts'
import { completionFor, SHELLS } from './arguments/completion.ts'
import { COMMON_OPTIONS, helpOf, helpOfAll } from './arguments/help.ts'
import type { Host } from './arguments/host.ts'
import { readArguments } from './arguments/read-arguments.ts'
import { readChoice } from './arguments/readings.ts'
import { UsageError } from './arguments/usage-error.ts'
import { COMMANDS } from './commands.ts'
import { drawFindings, type Finding } from './output/finding.ts'
import { envelope, EXIT, exitOf, type Outcome } from './output/outcome.ts'
import { draw } from './output/screen.ts'

/** What a run writes, and its exit status. */
export interface Written {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** How to present the output. */
export interface Look {
  readonly isColoured: boolean
  readonly version: string
}

const TABLE: Readonly<Record<string, Command>> = {
  ...COMMANDS,
  completion: {
    summary: 'print the completion script for a shell',
    takes: SHELLS.join('|'),
    words: async () => SHELLS,
    mostPositionals: 1,
    options: {},
    examples: ['eval "$(rtc-token completion bash)"'],
    load: async () => async (args) => {
      const shell = readChoice(args.positionals[0] ?? '', SHELLS, 'completion')
      const product = await completionFor(shell, TABLE)
      return { command: 'completion', data: { shell }, findings: [], screen: [], product }
    },
  },
}

/** Runs a command line. Never throws. */
export async function run(argv: readonly string[], host: Host, look: Look): Promise<Written> {
  const isJson = argv.includes('--json')
  const [first = ''] = argv
  const name = Object.hasOwn(TABLE, first) ? first : 'explain'
  try {
    const isIdle = argv.length === 0 && host.isInputTerminal
    const text = isIdle ? helpOfAll(TABLE) : wordsFor(argv, look)
    if (text !== undefined) return { stdout: text, stderr: '', exit: EXIT.fine }
    refuseTypo(first)
    const command = TABLE[name]!
    const given = name === first ? argv.slice(1) : argv
    const args = readArguments(
      given,
      { ...command.options, ...COMMON_OPTIONS },
      command.mostPositionals,
    )
    const work = await command.load()
    return written(await work(args, host), isJson, look)
  } catch (error) {
    return failed(name, error, { isJson, width: host.width, ...look })
  }
}

/** The text for `--help` and `--version`; `undefined` for any other command line. */
function wordsFor(argv: readonly string[], { version }: Look): string | undefined {
  const [first = ''] = argv
  if (Object.hasOwn(TABLE, first) && argv.includes('--help')) return helpOf(first, TABLE[first]!)
  if (first === 'help' || first === '-h' || argv.includes('--help')) return helpOfAll(TABLE)
  return first === '--version' || first === '-v' ? `${version}\n` : undefined
}

function written(outcome: Outcome, isJson: boolean, { isColoured }: Look): Written {
  const { product, screen, findings } = outcome
  const text = isJson ? envelope(outcome) : draw(screen, isColoured)
  const exit = exitOf(findings)
  return product === undefined
    ? { stdout: text, stderr: '', exit }
    : { stdout: product, stderr: text, exit }
}

interface Circumstances extends Look {
  readonly isJson: boolean
  readonly width: number
}

function failed(
  command: string,
  error: unknown,
  { isJson, width, isColoured }: Circumstances,
): Written {
  const finding = findingOf(error)
  const exit = finding.code === 'USAGE' ? EXIT.usage : EXIT.internal
  if (isJson)
    return { stdout: envelope({ command, data: {}, findings: [finding] }), stderr: '', exit }
  return { stdout: '', stderr: draw(drawFindings([finding], width), isColoured), exit }
}

function findingOf(error: unknown): Finding {
  const severity = 'fatal'
  if (error instanceof UsageError)
    return { code: 'USAGE', severity, message: error.message, remedy: error.remedy }
  const text = isTokenError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? `${error.name}: ${error.message}`
      : typeof error
  const remedy = 'This is a bug in rtc-token. Please report it; leave out tokens and certificates.'
  return { code: 'INTERNAL', severity, message: redactSecrets(text), remedy }
}

/** Refuses a word that is almost a command. Any other word is read as a token. @throws {UsageError} */
function refuseTypo(word: string): void {
  if (word.startsWith('-') || word.length > 12 || Object.hasOwn(TABLE, word)) return
  const meant = Object.keys(TABLE).find(
    (name) => word.length > 2 && distance(word.toLowerCase(), name) <= 2,
  )
  if (meant !== undefined)
    throw new UsageError(`Expected a command or a token; did you mean ${meant}?`)
}

/** The Levenshtein distance of two words. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [i, letter] of one.split('').entries()) {
    const next = [i + 1]
    for (const [j, wanted] of other.split('').entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + Number(letter !== wanted)))
    }
    row = next
  }
  return row.at(-1)!
}
