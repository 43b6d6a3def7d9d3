import { codeOf } from '../../errors/thrown.ts'

/** The output of a log. @internal */
export interface LogOutput {
  /** Writes as many bytes as possible without blocking. Returns their number, or throws. */
  readonly write: (bytes: Uint8Array) => number
  /** Called once when lines can no longer be written, with the reason. */
  readonly onStuck: (reason: string) => void
  /** Called when lines can be written again, with the number of lost lines. */
  readonly onLost: (lines: number) => void
}

const HELD_BYTES = 1024 * 1024
const RETRY_MS = 10
// Failed attempts in a row, about a second. A working reader can be busy for less than that.
const STUCK_ATTEMPTS = 100

/**
 * Writes the lines of a log without ever blocking or failing the process. Each line is written at once. If that
 * fails, because the disk is full or the reader is slow or gone, up to 1 MiB of lines is kept and retried every
 * 10 ms. Further lines are lost and counted.
 *
 * @internal
 */
export class LogStream {
  readonly #output: LogOutput
  readonly #held: Uint8Array[] = []
  #heldBytes = 0
  #lost = 0
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  constructor(output: LogOutput) {
    this.#output = output
  }

  /** Writes one line, which includes its line break. */
  write(line: string): void {
    const bytes = Buffer.from(line)
    if (this.#held.length > 0 && this.#heldBytes + bytes.length > HELD_BYTES) {
      this.#lost += 1
      return
    }
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    if (!this.#timer) this.#writeHeld()
  }

  /** Retries at once. Pino calls this after a fatal line. */
  flushSync(): void {
    clearTimeout(this.#timer)
    this.#writeHeld()
  }

  /** Retries a last time and stops. */
  end(): void {
    this.#failures = Math.max(this.#failures, STUCK_ATTEMPTS - 1)
    this.flushSync()
  }

  #writeHeld(): void {
    this.#timer = undefined
    try {
      while (this.#held[0]) this.#advance(this.#held[0])
      this.#recover()
    } catch (error) {
      this.#retry(error)
    }
  }

  #advance(first: Uint8Array): void {
    const written = this.#output.write(first)
    if (written === 0) throw new Error('nothing written')
    this.#failures = 0
    this.#heldBytes -= written
    if (written < first.length) this.#held[0] = first.subarray(written)
    else this.#held.shift()
  }

  #recover(): void {
    const lost = this.#lost
    this.#lost = 0
    if (lost > 0) this.#output.onLost(lost)
  }

  #retry(error: unknown): void {
    this.#failures += 1
    if (this.#failures === STUCK_ATTEMPTS) this.#output.onStuck(codeOf(error))
    this.#timer = setTimeout(() => this.#writeHeld(), RETRY_MS).unref()
  }
}
