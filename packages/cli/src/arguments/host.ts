/** The machine, as commands see it. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Unix seconds. */
  readonly now: () => number
  /** The width of the terminal in characters. */
  readonly width: number
  readonly isInputTerminal: boolean
  /** Asks the user at the terminal. Resolves with `undefined` if the user cancels. */
  readonly ask: (question: string) => Promise<string | undefined>
  /** Reads standard input to its end. Stops early after more than `mostBytes`. */
  readonly readInput: (mostBytes: number) => Promise<string>
}
