/** What a command sees of the machine. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Unix seconds. */
  readonly now: () => number
  /** Characters in a row. */
  readonly width: number
  readonly isInputTerminal: boolean
  /** Asks the user at the terminal. `undefined`: the user broke off. */
  readonly ask: (question: string) => Promise<string | undefined>
  /** Reads standard input to its end, at most the given number of bytes and the rest not. */
  readonly readInput: (mostBytes: number) => Promise<string>
}
