import type { Command } from './command.ts'
import type { Options } from './read-arguments.ts'

/** The options of every command. */
export const COMMON_OPTIONS: Options = {
  json: { about: 'print JSON for programs: { ok, command, data, findings }' },
  help: { about: 'show this help' },
}

type Commands = Readonly<Record<string, Command>>

const NOTES = `Exit status: 0 fine, 1 a fault or a refusal, 2 doubtful (warnings only),
64 wrong usage, 70 a fault of this program. Certificates come from the
environment, such as AGORA_APP_CERTIFICATE, or from the file of --env-file;
never from an argument.`

/** The output of `rtc-token --help`. */
export function helpOfAll(commands: Commands): string {
  const rows = Object.entries(commands).map(([name, { takes, summary }]) =>
    row(`${name} ${takes}`, summary, 24),
  )
  return [
    'Usage: rtc-token [COMMAND] [OPTIONS]',
    '       rtc-token TOKEN              the same as: rtc-token explain TOKEN',
    '',
    ...rows,
    '',
    'rtc-token COMMAND --help describes a command; --version prints the version.',
    NOTES,
    '',
  ].join('\n')
}

/** The output of `rtc-token COMMAND --help`. */
export function helpOf(name: string, { takes, summary, note, options, examples }: Command): string {
  const rows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, { value, about }]) =>
    row(value === undefined ? `--${option}` : `--${option} ${value}`, about, 18),
  )
  return [
    `Usage: rtc-token ${name}${takes === '' ? '' : ` ${takes}`} [OPTIONS]`,
    [`${summary[0]!.toUpperCase()}${summary.slice(1)}.`, note ?? ''].join('\n').trim(),
    '',
    ...rows,
    '',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

const WIDTH = 80

function row(name: string, about: string, column: number): string {
  const indent = ' '.repeat(column + 4)
  const rows = ['']
  for (const word of about.split(' ')) {
    const last = rows.at(-1)!
    if (last.length + 1 + word.length > WIDTH - indent.length) rows.push(word)
    else rows[rows.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return `  ${name.padEnd(column)}  ${rows.join(`\n${indent}`)}`
}
