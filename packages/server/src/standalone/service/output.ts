import { constants, openSync, writeSync } from 'node:fs'
import process from 'node:process'
import { isatty } from 'node:tty'

type Standard = 'stdout' | 'stderr'

const DESCRIPTORS: Readonly<Record<Standard, number>> = { stdout: 1, stderr: 2 }
const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants
const opened: Partial<Record<Standard, number>> = {}

/**
 * Writes as many bytes as can be written without waiting, and answers how many those were.
 *
 * @internal
 * @throws {Error} with the code of the system: EAGAIN while no one reads, ENOSPC, EPIPE, …
 */
export function writeAtOnce(name: Standard, bytes: Uint8Array): number {
  return writeSync((opened[name] ??= open(name)), bytes)
}

/** Says something on standard error, if that can be done without waiting. @internal */
export function say(text: string): void {
  try {
    writeAtOnce('stderr', Buffer.from(`rtc-token-server: ${text}\n`))
  } catch {
    // There is no other place to say it.
  }
}

/** The descriptor to write to: one with which a write fails where it would have to wait. */
function open(name: Standard): number {
  if (isatty(DESCRIPTORS[name])) return openTerminal(DESCRIPTORS[name])
  // Asking for the stream is what makes Node set a pipe or a socket to that. Its errors are of no
  // interest: a policy may write to it, and would end the process where no one reads.
  process[name].on('error', () => {})
  return DESCRIPTORS[name]
}

// A terminal can be halted. Opened anew, since all who write to it share the setting of a descriptor.
function openTerminal(fd: number): number {
  try {
    return openSync(`/dev/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY)
  } catch {
    return fd
  }
}
