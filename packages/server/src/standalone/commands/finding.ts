/** The result of one check, or a note that is neither a success nor a failure. @internal */
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
