import type { Host } from '../arguments/host.ts'
import type { Arguments } from '../arguments/read-arguments.ts'
import { UsageError } from '../arguments/usage-error.ts'
import { type Line, line, span } from '../output/screen.ts'
import { type Template, TEMPLATE_NAMES, templates } from './templates.ts'

/** The chosen template, and the folder as typed. */
export interface Choice {
  readonly template: Template
  readonly folder: string
}

/** Reads the template and the folder from the arguments, and asks for what is missing. @throws {UsageError} */
export async function choose(args: Arguments, host: Host): Promise<Choice | undefined> {
  const [name, folder] = named(args)
  const template = name === undefined ? await askForTemplate(args, host) : templateOf(name)
  if (template === undefined) return undefined
  const wanted = folder ?? (await askForFolder(template, args, host))
  if (wanted === undefined) return undefined
  if (wanted !== '' && !wanted.includes('\0')) return { template, folder: wanted }
  throw new UsageError('Expected the name of a folder, got an empty or broken string.')
}

const WIDTH = Math.max(...TEMPLATE_NAMES.map((name) => name.length))

/** Lists the templates, each with a description. */
export function listTemplates(): Line[] {
  return templates.map(({ name, about }) =>
    line('  ', span(name.padEnd(WIDTH), 'name'), '  ', about),
  )
}

/** `init TEMPLATE FOLDER`, or `init FOLDER --template TEMPLATE`. */
function named(args: Arguments): readonly (string | undefined)[] {
  const template = args.value('template')
  if (template === undefined) return args.positionals
  if (args.positionals.length <= 1) return [template, ...args.positionals]
  throw new UsageError('Expected at most one argument beside --template, got 2.')
}

function templateOf(name: string): Template {
  const template = templates.find((it) => it.name === name)
  if (template !== undefined) return template
  throw new UsageError(
    `Expected the name of a template, got a string of ${name.length} characters.`,
    `Use one of ${TEMPLATE_NAMES.join(', ')}.`,
  )
}

const mayAsk = (args: Arguments, host: Host) => host.isInputTerminal && !args.has('json')

async function askForTemplate(args: Arguments, host: Host): Promise<Template | undefined> {
  if (!mayAsk(args, host)) return undefined
  const rows = templates.map(
    ({ name, about }, index) =>
      `${String(index + 1).padStart(4)}  ${name.padEnd(WIDTH)}  ${about}\n`,
  )
  let list = `${rows.join('')}\n`
  for (;;) {
    const answer = await host.ask(`${list}Template, by number or name: `)
    if (answer === undefined) return undefined
    const chosen = templates.find(
      ({ name }, index) => name === answer.trim() || String(index + 1) === answer.trim(),
    )
    if (chosen !== undefined) return chosen
    list = ''
  }
}

async function askForFolder(
  { name }: Template,
  args: Arguments,
  host: Host,
): Promise<string | undefined> {
  if (!mayAsk(args, host)) return name
  const answer = await host.ask(`Folder (${name}): `)
  return answer === undefined ? undefined : answer.trim() || name
}
