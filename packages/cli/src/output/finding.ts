import type { Severity } from '@rtc-token/core/inspect'
import { type Line, line, span, type Style, wrap } from './screen.ts'

/** A place in a file. */
interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
}

/** One thing that was found, in the form in which every command tells it. */
export interface Finding {
  /** That of the library where the library found it. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly remedy: string
  /** Numbers of errors of Agora's SDKs to which it leads. */
  readonly platformErrors?: readonly number[]
  readonly place?: Place
  /** Where it is explained. */
  readonly page?: string
}

/** How each severity looks. */
export const MARKS: Readonly<Record<Severity | 'good', readonly [mark: string, style: Style]>> = {
  fatal: ['✗', 'bad'],
  warning: ['!', 'doubtful'],
  info: ['i', 'faint'],
  good: ['✓', 'good'],
}

const ORDER: readonly Severity[] = ['fatal', 'warning', 'info']

/** Puts the worst first, and leaves out what is said twice. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(
    findings.map((it) => [`${it.code} ${it.message} ${JSON.stringify(it.place)}`, it]),
  )
  return [...distinct.values()].toSorted(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  )
}

/** Draws findings for people: code, what was found, what to do. */
export function drawFindings(findings: readonly Finding[], width: number): Line[] {
  return findings.flatMap((finding) => {
    const { code, severity, message, remedy, platformErrors = [], place, page } = finding
    const [mark, style] = MARKS[severity]
    const errors = platformErrors.length > 0 ? `  (SDK error ${platformErrors.join(', ')})` : ''
    const where = place ? `  ${place.file}:${place.line}:${place.column}` : ''
    return [
      line(
        '  ',
        span(mark, style),
        ' ',
        span(code, style),
        span(errors, 'faint'),
        span(where, 'name'),
      ),
      ...wrap(message, width, '    '),
      ...(remedy === '' ? [] : wrap(`→ ${remedy}`, width, '    ', 'strong')),
      ...(page === undefined ? [] : wrap(page, width, '      ', 'faint')),
    ]
  })
}

/** Makes a sentence of a message that begins small and has no full stop. */
export function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
}
