import { type Finding, MARKS } from '../output/finding.ts'
import { cut, type Line, line, span } from '../output/screen.ts'

/** One check. */
interface Check {
  /** What is true if the check passes. */
  readonly name: string
  readonly outcome: 'good' | Finding['severity']
  /** What was found. */
  readonly saw: string
}

/** Collects checks and their findings. */
export class Report {
  readonly checks: Check[] = []
  readonly findings: Finding[] = []

  /** Records a check that passed. */
  good(name: string, saw: string): void {
    this.checks.push({ name, outcome: 'good', saw })
  }

  /** Records a check with a finding. */
  found(name: string, saw: string, finding: Finding): void {
    this.checks.push({ name, outcome: finding.severity, saw })
    this.findings.push(finding)
  }

  /** Draws the list of checks. */
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
