import { RenewError } from '../../errors.ts'

/** @internal */
export function notWanted(): RenewError {
  return new RenewError('STOPPED', 'no session waits for the answer any more')
}

/**
 * Work with one result that several callers wait for. When the last of them stops waiting, the work is aborted.
 *
 * @internal
 */
export class SharedWork<T> {
  readonly #controller = new AbortController()
  readonly #work: Promise<T>
  #waiters = 0

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work(this.#controller.signal)
    // Each caller has its own promise. Without callers, a rejection must not be reported as unhandled.
    this.#work.catch(() => {})
  }

  /** Whether every caller has stopped waiting. */
  get isAborted(): boolean {
    return this.#controller.signal.aborted
  }

  wait(signal: AbortSignal): Promise<T> {
    this.#waiters++
    return new Promise((resolve, reject) => {
      const stop = () => {
        reject(notWanted())
        if (--this.#waiters === 0) this.#controller.abort()
      }
      if (signal.aborted) return stop()
      signal.addEventListener('abort', stop)
      const done = () => signal.removeEventListener('abort', stop)
      this.#work.then(resolve, reject).finally(done)
    })
  }
}
