import { type Finding, worstFirst } from './finding.ts'
import type { Line } from './screen.ts'
import { visibleJson } from './visible.ts'

/** The result of a command, for people and for programs. */
export interface Outcome {
  readonly command: string
  /** For programs. Contains no token and no certificate. */
  readonly data: object
  readonly findings: readonly Finding[]
  /** For people. */
  readonly screen: readonly Line[]
  /** Written to standard output unchanged; `screen` then goes to standard error. */
  readonly product?: string
}

/** The exit statuses. */
export const EXIT = { fine: 0, fault: 1, doubtful: 2, usage: 64, internal: 70 } as const

/** The exit status for findings: fine, a fault, or doubtful if there are only warnings. */
export function exitOf(findings: readonly Finding[]): number {
  if (findings.some(({ severity }) => severity === 'fatal')) return EXIT.fault
  return findings.some(({ severity }) => severity === 'warning') ? EXIT.doubtful : EXIT.fine
}

/** The JSON output of every command. `ok` is false if there is a fault. */
export function envelope({ command, data, findings }: Omit<Outcome, 'screen'>): string {
  const ok = exitOf(findings) !== EXIT.fault
  const json = JSON.stringify({ ok, command, data, findings: worstFirst(findings) }, undefined, 2)
  return `${visibleJson(json)}\n`
}
