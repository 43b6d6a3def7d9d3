import type { Severity } from '@rtc-token/core'
import type { Finding } from '../output/finding.ts'
import { codeOf, pageOf, type RuleName, RULES } from './rule-table.ts'

const LEVELS: Readonly<Record<Severity, string>> = {
  fatal: 'error',
  warning: 'warning',
  info: 'note',
}

/** Returns findings as SARIF 2.1.0, which code hosts show next to the code. */
export function sarifOf(findings: readonly Finding[], version: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of the table
  const names = Object.keys(RULES) as RuleName[]
  const rules = names.map((name) => ({
    id: codeOf(name),
    name,
    shortDescription: { text: `${RULES[name].expected}.` },
    help: { text: RULES[name].remedy },
    helpUri: pageOf(name),
    defaultConfiguration: { level: LEVELS[RULES[name].severity] },
  }))
  const driver = {
    name: 'rtc-token',
    version,
    informationUri: 'https://rtc-token.github.io/rtc-token/',
    rules,
  }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: findings.flatMap(resultOf) }],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function resultOf({ code, severity, message, remedy, place }: Finding): object[] {
  if (!place) return []
  const region = { startLine: place.line, startColumn: place.column }
  const artifactLocation = { uri: encodeURI(place.file) }
  return [
    {
      ruleId: code,
      level: LEVELS[severity],
      message: { text: `${message} ${remedy}` },
      locations: [{ physicalLocation: { artifactLocation, region } }],
    },
  ]
}
