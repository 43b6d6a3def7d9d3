import { RenewError } from '../../errors.ts'

/** Work that several wait for. One who stops waiting does not disturb the others; the last one ends it. @internal */
export class SharedRequest<T> {
  readonly #controller = new AbortController()
  readonly #work: Promise<T>
  #waiters = 0

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work(this.#controller.signal)
    // Each waiter has its own promise; with none left nobody wants to know.
    this.#work.catch(() => {})
  }

  /** Whether everybody has stopped waiting. */
  get isAborted(): boolean {
    return this.#controller.signal.aborted
  }

  wait(signal: AbortSignal): Promise<T> {
    this.#waiters++
    return new Promise((resolve, reject) => {
      const stop = () => {
        reject(new RenewError('STOPPED', 'nobody waits for the answer any more'))
        if (--this.#waiters === 0) this.#controller.abort()
      }
      if (signal.aborted) return stop()
      signal.addEventListener('abort', stop)
      const done = () => signal.removeEventListener('abort', stop)
      this.#work.then(resolve, reject).finally(done)
    })
  }
}
