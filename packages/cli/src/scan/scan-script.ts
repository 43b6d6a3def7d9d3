import { tokenCalls } from './builders.ts'
import type { Edit, Found, Reading } from './found.ts'
import { type Ignore, isIgnored, isUsable, readIgnore } from './ignores.ts'
import type { RuleName } from './rule-table.ts'
import { checkCertificates } from './rules/certificates.ts'
import { checkImports } from './rules/imports.ts'
import { checkLives } from './rules/lives.ts'
import { checkRenewal } from './rules/renewal.ts'
import { checkRoutes } from './rules/routes.ts'
import { checkWishes } from './rules/wishes.ts'
import { Scopes } from './scopes.ts'
import { scriptBlocks, type ScriptBlock } from './script-blocks.ts'
import { Script, type Syntax } from './syntax.ts'
import { TimeUnits } from './time-units.ts'

/** A place in a file that breaks a rule. */
export interface Hit {
  readonly rule: RuleName
  /** Offset in characters from the start of the file. */
  readonly start: number
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
  readonly saw: string
  readonly fix?: Edit
}

/** What is known about a file in addition to its text. */
export interface AboutFile {
  readonly isTest: boolean
  readonly hasCore: boolean
}

// A file without any of these words cannot break a rule and is not parsed.
const WORTH_READING = /agora|renewToken|rtc-token|createToken|CERT|certificate/i

/** Checks the scripts in a file. @throws when one of them cannot be parsed */
export function scanScript(path: string, text: string, about: AboutFile): Hit[] {
  if (!WORTH_READING.test(text)) return []
  const starts = lineStarts(text)
  return scriptBlocks(path, text).flatMap((block) => scanBlock(block, { ...about, path }, starts))
}

const CHECKS = [checkLives, checkCertificates, checkWishes, checkRoutes, checkImports, checkRenewal]

function scanBlock(
  { text, offset, extension }: ScriptBlock,
  about: AboutFile & Pick<Reading, 'path'>,
  starts: readonly number[],
): Hit[] {
  const script = Script.read(text, extension)
  const scopes = new Scopes(script)
  const reading = {
    script,
    scopes,
    units: new TimeUnits(script, scopes),
    calls: tokenCalls(script, scopes),
    ...about,
  }
  const firstLine = lineOf(starts, offset)
  const ignores = script.comments.flatMap(
    (it) => readIgnore(it.text, it.line + firstLine - 1) ?? [],
  )
  const checks = about.isTest ? [checkCertificates] : CHECKS
  const hits = checks
    .flatMap((check) => check(reading))
    .filter((found) => !isIgnored(ignores, found.rule, linesOf(reading, found, starts, offset)))
    .map((found) => hitOf(found, starts, offset))
  return [...distinct(hits), ...unusable(ignores, starts)]
}

/** The line of a finding and the line of its statement. */
function linesOf(
  { script }: Reading,
  { node }: Found,
  starts: readonly number[],
  offset: number,
): number[] {
  const statement = isStatement(node) ? node : (script.around(node, isStatement) ?? node)
  return [lineOf(starts, node.start + offset), lineOf(starts, statement.start + offset)]
}

function isStatement({ type }: Syntax): boolean {
  return /(?:Statement|Declaration|ClassMethod|ObjectMethod|Property)$/.test(type)
}

function hitOf({ rule, node, saw, fix }: Found, starts: readonly number[], offset: number): Hit {
  const moved = fix && { ...fix, start: fix.start + offset, end: fix.end + offset }
  return { rule, saw, ...placeOf(node.start + offset, starts), ...(moved && { fix: moved }) }
}

function distinct(hits: readonly Hit[]): Hit[] {
  return [...new Map(hits.map((it) => [`${it.rule} ${it.start}`, it])).values()]
}

/** Findings for comments that have no effect. @internal */
export function unusable(ignores: readonly Ignore[], starts: readonly number[]): Hit[] {
  return ignores
    .filter((it) => !isUsable(it))
    .map(({ line }) => ({
      rule: 'ignore-without-reason',
      saw: 'got another comment',
      ...placeOf(starts[line - 1] ?? 0, starts),
    }))
}

/** The offset of each line in a text. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineOf(starts: readonly number[], offset: number): number {
  const next = starts.findIndex((start) => start > offset)
  return next < 0 ? starts.length : next
}

/** The line and column of an offset in a text. */
export function placeOf(
  start: number,
  starts: readonly number[],
): Pick<Hit, 'start' | 'line' | 'column'> {
  const line = lineOf(starts, start)
  return { start, line, column: start - (starts[line - 1] ?? 0) + 1 }
}
