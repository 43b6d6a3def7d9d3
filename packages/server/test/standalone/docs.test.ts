import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { defaultOf, helpText } from '../../src/standalone/commands/help-text.ts'
import type { Config } from '../../src/standalone/config/config.ts'
import { isOfService } from '../../src/standalone/config/foreign-variables.ts'
import {
  type Setting,
  SETTING_NAMES,
  SETTINGS,
  VARIABLE_NAMES,
  variablesOf,
} from '../../src/standalone/config/settings-table.ts'

const docs = readFileSync(
  fileURLToPath(new URL('../../../../docs/standalone.md', import.meta.url)),
  'utf8',
)

/** The row of a setting, as `docs/standalone.md` has it. */
function rowOf(name: keyof Config): string {
  const { isSecret, about, kind }: Setting<unknown> = SETTINGS[name]
  const member = isSecret ? '' : `\`${name}\``
  return [
    variablesOf(name)
      .map((variable) => `\`${variable}\``)
      .join(', '),
    member,
    about,
    // What stands in angle brackets would be taken for HTML.
    kind.expected.includes('<') ? `\`${kind.expected}\`` : kind.expected,
    defaultOf(name),
  ]
    .map((cell) => ` ${cell} `)
    .join('|')
}

describe('docs/standalone.md', () => {
  it('has the table of all settings', () => {
    const section = docs.slice(docs.indexOf('| Variable'), docs.indexOf('## What a JWT'))
    const rows = section.split('\n').filter((line) => line.startsWith('| `'))
    const shown = rows.map((row) => row.slice(1, -1).replaceAll(/ +/g, ' ').trim())
    const wanted = SETTING_NAMES.map((name) => rowOf(name).replaceAll(/ +/g, ' ').trim())
    expect(shown).toEqual(wanted)
  })
})

/** Read by the drop-ins of core, not by the server. */
const VARIABLES_OF_CORE = ['RTC_TOKEN_STRICT']

describe('the documentation', () => {
  const folder = new URL('../../../../docs/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })

  it.each(files.filter((name) => name.endsWith('.md')))(
    'names no unknown variable in %s',
    (name) => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      const named = new Set(text.match(/\bRTC_TOKEN_\w+/g))
      const unknown = [...named].filter((variable) => !isOfService(variable, ''))
      expect([...VARIABLE_NAMES, ...VARIABLES_OF_CORE]).toEqual(expect.arrayContaining(unknown))
    },
  )
})

describe('--help', () => {
  it('names every setting', () => {
    const help = helpText()
    for (const name of SETTING_NAMES) expect(help).toContain(`\n  ${SETTINGS[name].variable}`)
  })

  it('names the values of every setting', () => {
    const entries = helpText()
      .split(/\n(?=  [A-Z])/)
      .slice(-SETTING_NAMES.length)
    for (const [i, name] of SETTING_NAMES.entries()) {
      expect(entries[i]).toContain(`\n      Values: ${SETTINGS[name].kind.expected}`)
    }
  })
})
