import { type Finding, worstFirst } from './finding.ts'
import type { Line } from './screen.ts'
import { visibleJson } from './visible.ts'

/** What a command did: once for people, once for programs. */
export interface Outcome {
  readonly command: string
  /** For programs. Holds no token and no certificate. */
  readonly data: object
  readonly findings: readonly Finding[]
  /** For people. */
  readonly screen: readonly Line[]
  /** What goes to standard output as it is, in the place of `screen`, which then goes to standard error. */
  readonly product?: string
}

/** How a command ends. */
export const EXIT = { fine: 0, fault: 1, doubtful: 2, usage: 64, internal: 70 } as const

/** The exit status for findings: fine, a fault, or doubtful where there are warnings only. */
export function exitOf(findings: readonly Finding[]): number {
  if (findings.some(({ severity }) => severity === 'fatal')) return EXIT.fault
  return findings.some(({ severity }) => severity === 'warning') ? EXIT.doubtful : EXIT.fine
}

/** The one form in which every command answers programs. `ok` is false where a fault was found. */
export function envelope({ command, data, findings }: Omit<Outcome, 'screen'>): string {
  const ok = exitOf(findings) !== EXIT.fault
  const json = JSON.stringify({ ok, command, data, findings: worstFirst(findings) }, undefined, 2)
  return `${visibleJson(json)}\n`
}
