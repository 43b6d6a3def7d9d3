import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Host } from '../arguments/host.ts'
import type { Arguments } from '../arguments/read-arguments.ts'
import { UsageError } from '../arguments/usage-error.ts'
import { drawFindings, type Finding, worstFirst } from '../output/finding.ts'
import type { Outcome } from '../output/outcome.ts'
import { line, span } from '../output/screen.ts'
import { readSource, type SourceFile, sourceFiles } from './files.ts'
import type { Edit } from './found.ts'
import { codeOf, pageOf, RULES } from './rule-table.ts'
import { sarifOf } from './sarif.ts'
import { scanLines } from './scan-lines.ts'
import { type Hit, scanScript } from './scan-script.ts'

const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|e2e|fixtures|bench)\/|\.(?:test|spec|e2e|bench)\.[^/]+$/

/** `rtc-token scan`: searches a code base for common mistakes with tokens. */
export function scan(args: Arguments, { cwd, width }: Host): Outcome {
  const folder = resolve(cwd, args.positionals[0] ?? '.')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError('Expected a folder, got another path.')
  const report = readAll(folder, args.has('fix'))
  const findings = worstFirst(report.findings)
  const sarif = args.value('sarif')
  if (sarif !== undefined) writeFile(resolve(cwd, sarif), sarifOf(findings, VERSION))
  const { files, fixed } = report
  const title = `Read ${files} files: ${findings.length} findings${fixed > 0 ? `, ${fixed} fixed` : ''}.`
  const screen = [
    line(span(title, 'strong')),
    ...(findings.length > 0 ? [line(), ...drawFindings(findings, width)] : []),
  ]
  return { command: 'scan', data: { files, fixed }, findings, screen }
}

declare const VERSION: string

interface Read {
  readonly files: number
  readonly fixed: number
  readonly findings: readonly Finding[]
}

function readAll(folder: string, isFixing: boolean): Read {
  const files = sourceFiles(folder)
  const hasCore = hasCoreIn(folder)
  const findings: Finding[] = []
  let fixed = 0
  for (const file of files) {
    const text = readSource(join(folder, file.path))
    if (text === undefined) continue
    const hits = hitsIn(file, text, hasCore)
    const mended = isFixing ? mend(join(folder, file.path), text, hits) : new Set<Hit>()
    fixed += mended.size
    findings.push(...hits.filter((hit) => !mended.has(hit)).map((hit) => findingOf(file, hit)))
  }
  return { files: files.length, fixed, findings }
}

function hitsIn({ path, kind }: SourceFile, text: string, hasCore: boolean): Hit[] {
  if (kind === 'lines') return scanLines(path, text)
  try {
    return scanScript(path, text, { isTest: TEST.test(path), hasCore })
  } catch {
    // Another language, or a file in the middle of a change.
    return []
  }
}

function hasCoreIn(folder: string): boolean {
  const text = readSource(join(folder, 'package.json')) ?? '{}'
  try {
    const {
      dependencies = {},
      devDependencies = {},
    }: { readonly dependencies?: object; readonly devDependencies?: object } = JSON.parse(text)
    return '@rtc-token/core' in { ...dependencies, ...devDependencies }
  } catch {
    return false
  }
}

function findingOf({ path: file }: SourceFile, { rule, line, column, saw }: Hit): Finding {
  const { severity, expected, remedy } = RULES[rule]
  return {
    code: codeOf(rule),
    severity,
    message: `${expected}, ${saw}.`,
    remedy,
    place: { file, line, column },
    page: pageOf(rule),
  }
}

/** Makes the changes that are certainly correct, and returns the findings that they fix. */
function mend(path: string, text: string, hits: readonly Hit[]): Set<Hit> {
  const mended = hits
    .filter(({ fix }) => fix !== undefined)
    .toSorted((one, other) => other.start - one.start)
  if (mended.length === 0) return new Set()
  const edits = mended.flatMap(({ fix }) => fix ?? [])
  // An editor may have changed the file meanwhile.
  if (readFileSync(path, 'utf8') !== text) return new Set()
  writeFile(path, applied(text, edits))
  return new Set(mended)
}

function applied(text: string, edits: readonly Edit[]): string {
  const fromTheEnd = edits.toSorted((one, other) => other.start - one.start)
  return fromTheEnd.reduce(
    (changed, { start, end, text: by }) => changed.slice(0, start) + by + changed.slice(end),
    text,
  )
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new UsageError(`Expected a file that can be written, got ${reason}.`)
  }
}
