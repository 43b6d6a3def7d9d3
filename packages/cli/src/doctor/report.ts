import { type Finding, MARKS } from '../output/finding.ts'
import { cut, type Line, line, span } from '../output/screen.ts'

/** One thing that was looked at. */
interface Check {
  /** What holds where all is well. */
  readonly name: string
  readonly outcome: 'good' | Finding['severity']
  /** What arrived. */
  readonly saw: string
}

/** Collects what was looked at, and what was found. */
export class Report {
  readonly checks: Check[] = []
  readonly findings: Finding[] = []

  /** Notes that all is well with something. */
  good(name: string, saw: string): void {
    this.checks.push({ name, outcome: 'good', saw })
  }

  /** Notes what is not well with something, or what is good to know. */
  found(name: string, saw: string, finding: Finding): void {
    this.checks.push({ name, outcome: finding.severity, saw })
    this.findings.push(finding)
  }

  /** Draws the list of what was looked at. */
  draw(width: number): Line[] {
    return this.checks.map(({ name, outcome, saw }) => {
      const [mark, style] = MARKS[outcome]
      const shown = cut(name, width - 4)
      return line(
        '  ',
        span(mark, style),
        ` ${shown}`,
        span(cut(saw === '' ? '' : `  ${saw}`, Math.max(1, width - 4 - shown.length)), 'faint'),
      )
    })
  }
}
