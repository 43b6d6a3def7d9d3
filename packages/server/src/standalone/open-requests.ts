import type { ServerResponse } from 'node:http'

/**
 * The requests that have begun and are not answered yet.
 *
 * @internal
 */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>()
  #isLast = false
  #resolve: (() => void) | undefined

  /** Notes a request until its reply is out or its caller has gone. */
  add(res: ServerResponse): void {
    if (this.#isLast) res.shouldKeepAlive = false
    this.#open.add(res)
    res.once('close', () => {
      this.#open.delete(res)
      if (this.#open.size === 0) this.#resolve?.()
    })
  }

  /** From now on each reply, also of requests that have begun, is the last on its connection. */
  makeLast(): void {
    this.#isLast = true
    for (const res of this.#open) res.shouldKeepAlive = false
  }

  get count(): number {
    return this.#open.size
  }

  /** Resolves when nothing is open. */
  async none(): Promise<void> {
    if (this.#open.size === 0) return
    await new Promise<void>((resolve) => {
      this.#resolve = resolve
    })
  }
}
