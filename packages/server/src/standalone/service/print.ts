import { writeFileSync } from 'node:fs'

const STDOUT = 1

/** Prints a text to standard output and returns the exit code 0. @internal */
export function print(text: string): number {
  // Synchronous: it waits for a slow reader, and throws if the output cannot be written.
  writeFileSync(STDOUT, text)
  return 0
}
