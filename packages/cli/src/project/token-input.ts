import type { Arguments } from '../arguments/read-arguments.ts'
import type { Host } from '../arguments/host.ts'
import { UsageError } from '../arguments/usage-error.ts'

// Longer than any token. Core refuses a longer text.
const MOST_BYTES = 1 << 20

/** Reads the token from the argument, or from standard input if the argument is missing or `-`. @throws {UsageError} */
export async function readToken(args: Arguments, host: Host): Promise<string> {
  const [given = '-'] = args.positionals
  if (given !== '-') return given
  if (host.isInputTerminal) {
    throw new UsageError(
      'Expected a token as an argument or on standard input, got none.',
      'For example: rtc-token explain 007eJx…, or: pbpaste | rtc-token explain',
    )
  }
  const text = await host.readInput(MOST_BYTES)
  // Drops the line break that `echo` appends.
  return text.replace(/\r?\n$/, '')
}
