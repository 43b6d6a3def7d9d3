import type { Severity } from '@rtc-token/core/inspect'
import { type Line, line, span, type Style, wrap } from './screen.ts'

/** A place in a file. */
interface Place {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
}

/** A finding, in the same form for every command. */
export interface Finding {
  /** The library's code if the library made the finding. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly remedy: string
  /** The errors of Agora's SDKs that it causes, by number. */
  readonly platformErrors?: readonly number[]
  readonly place?: Place
  /** The URL of its explanation. */
  readonly page?: string
}

/** The mark and the style of each severity. */
export const MARKS: Readonly<Record<Severity | 'good', readonly [mark: string, style: Style]>> = {
  fatal: ['✗', 'bad'],
  warning: ['!', 'doubtful'],
  info: ['i', 'faint'],
  good: ['✓', 'good'],
}

const ORDER: readonly Severity[] = ['fatal', 'warning', 'info']

/** Sorts findings, the worst first, and drops duplicates. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(
    findings.map((it) => [`${it.code} ${it.message} ${JSON.stringify(it.place)}`, it]),
  )
  return [...distinct.values()].toSorted(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  )
}

/** Draws findings for people: the code, the message and the remedy. */
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

/** Turns a message into a sentence: with a capital letter and a full stop. */
export function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
}
