import { constants, openSync, writeSync } from 'node:fs'
import process from 'node:process'
import { isatty } from 'node:tty'

type Standard = 'stdout' | 'stderr'

const DESCRIPTORS: Readonly<Record<Standard, number>> = { stdout: 1, stderr: 2 }
const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants
const opened: Partial<Record<Standard, number>> = {}

/**
 * Writes as many bytes as possible without blocking, and returns their number.
 *
 * @internal
 * @throws {Error} with the code of the system: EAGAIN while the reader is busy, ENOSPC, EPIPE, …
 */
export function writeAtOnce(name: Standard, bytes: Uint8Array): number {
  return writeSync((opened[name] ??= open(name)), bytes)
}

/** Writes to standard error, if that is possible without blocking. @internal */
export function say(text: string): void {
  try {
    writeAtOnce('stderr', Buffer.from(`rtc-token-server: ${text}\n`))
  } catch {
    // There is no other output to report it on.
  }
}

/** Returns a descriptor with which a write fails instead of blocking. */
function open(name: Standard): number {
  if (isatty(DESCRIPTORS[name])) return openTerminal(DESCRIPTORS[name])
  // Reading `process[name]` makes Node set a pipe or a socket to non-blocking. Its errors are
  // ignored: a policy may write to it, and a closed pipe would then end the process.
  process[name].on('error', () => {})
  return DESCRIPTORS[name]
}

// A terminal can be halted. It is reopened, because all processes that write to it share the descriptor's flags.
function openTerminal(fd: number): number {
  try {
    return openSync(`/dev/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY)
  } catch {
    return fd
  }
}
