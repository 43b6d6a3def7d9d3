import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Host } from '../arguments/host.ts'
import type { Arguments } from '../arguments/read-arguments.ts'
import { drawFindings, type Finding, MARKS } from '../output/finding.ts'
import type { Outcome } from '../output/outcome.ts'
import { type Line, line, span } from '../output/screen.ts'
import { adapt, appNameFor } from './adapt.ts'
import { choose, listTemplates } from './choose.ts'
import { quoted } from './quoted.ts'
import { faultOfFolder, writeInto } from './target-folder.ts'
import { templates } from './templates.ts'
import { findVariables, type FoundVariables } from './variables.ts'

/** `rtc-token init`: copies a template into a folder. */
export async function init(args: Arguments, host: Host): Promise<Outcome> {
  const choice = await choose(args, host)
  if (choice === undefined) return listed(host.width)
  const { template } = choice
  const folder = resolve(host.cwd, choice.folder)
  const shown = shownFolder(folder, host.cwd)
  const name = appNameFor(folder, template)
  const files = adapt(template, name)
  const fault = faultOfFolder(folder, shown) ?? writeInto(folder, files, shown)
  const data = { template: template.name, folder: shown, name }
  if (fault !== undefined) return refused(data, fault, host.width)
  const variables = await findVariables(folder, shown, host)
  return started({ ...data, files: Object.keys(files) }, variables, host.width)
}

function listed(width: number): Outcome {
  const finding: Finding = {
    code: 'TEMPLATE_NOT_CHOSEN',
    severity: 'warning',
    message: 'Expected the name of a template, got none.',
    remedy: 'Pass one, and a folder: npx rtc-token init express-react my-app',
  }
  const screen = [...listTemplates(), line(), ...drawFindings([finding], width)]
  const data = { templates: templates.map(({ name, about }) => ({ name, about })) }
  return { command: 'init', data, findings: [finding], screen }
}

function refused(data: object, fault: Finding, width: number): Outcome {
  const screen = [
    line(span('Nothing was copied.', 'strong')),
    line(),
    ...drawFindings([fault], width),
  ]
  return { command: 'init', data, findings: [fault], screen }
}

interface Started {
  readonly template: string
  readonly folder: string
  readonly name: string
  readonly files: readonly string[]
}

function started(data: Started, variables: FoundVariables, width: number): Outcome {
  const { template, folder, files } = data
  const { findings, places, isWhole } = variables
  const next = [...(folder === '.' ? [] : [`cd ${quoted(folder)}`]), 'npm install', 'npm start']
  const screen: Line[] = [
    line(span(`Copied ${template} to ${folder}: ${files.length} files.`, 'strong')),
    line(),
    ...(isWhole ? [found(places)] : []),
    ...drawFindings(findings, width),
    line(),
    ...next.map((command) => line('  ', span(command, 'name'))),
    line(),
    line('The README there says what it does, and what else it needs.'),
  ]
  return { command: 'init', data: { ...data, variables: places, next }, findings, screen }
}

function found(places: readonly string[]): Line {
  const [mark, style] = MARKS.good
  return line(
    '  ',
    span(mark, style),
    ' App ID and App Certificate  ',
    span(places.join(', '), 'faint'),
  )
}

/** The path of a folder for commands: relative if it is below the current one, else absolute. Never starts with `-`. */
function shownFolder(folder: string, cwd: string): string {
  const path = relative(cwd, folder) || '.'
  if (isAbsolute(path) || path.split(sep)[0] === '..') return folder
  return path.startsWith('-') ? `.${sep}${path}` : path
}
