/** One row of docs/what-happens.md and the test that proves it. */
export interface Row {
  readonly when: string
  readonly what: string
  readonly proof: () => Promise<void>
}
