import type { Arguments } from '../arguments/read-arguments.ts'
import type { Host } from '../arguments/host.ts'
import { UsageError } from '../arguments/usage-error.ts'

// More than any token; of what is longer, core says that it is no token.
const MOST_BYTES = 1 << 20

/** Reads the token: the argument, or standard input where it is left out or `-`. @throws {UsageError} */
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
  // The line break that `echo` appends is not a part of what was meant.
  return text.replace(/\r?\n$/, '')
}
