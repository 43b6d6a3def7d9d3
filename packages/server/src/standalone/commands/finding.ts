/** One thing that was tried, and how it went; or a note, which is neither good nor bad. @internal */
export interface Finding {
  readonly outcome: 'ok' | 'FAIL' | 'note'
  readonly text: string
}

/** @internal */
export function findingOf(outcome: Finding['outcome'], what: string, how: string): Finding {
  return { outcome, text: `${what}: ${how}` }
}

/** One line for people. @internal */
export function findingLine({ outcome, text }: Finding): string {
  return `${outcome.padEnd(4)} ${text}`
}
