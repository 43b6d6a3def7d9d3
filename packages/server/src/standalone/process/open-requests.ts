import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * The requests that have begun and are not answered yet.
 *
 * @internal
 */
export class OpenRequests {
  readonly #open = new Map<Socket, Set<ServerResponse>>()
  #count = 0
  #isLast = false
  #resolve: (() => void) | undefined

  /** Notes a request until its reply is out or its caller has gone. */
  add(res: ServerResponse): void {
    if (this.#isLast) res.shouldKeepAlive = false
    const open = this.#openOn(res.req.socket)
    open.add(res)
    this.#count++
    res.once('close', () => this.#end(open, [res]))
  }

  /** From now on each reply, also of requests that have begun, is the last on its connection. */
  makeLast(): void {
    this.#isLast = true
    for (const open of this.#open.values()) for (const res of open) res.shouldKeepAlive = false
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when nothing is open. */
  async none(): Promise<void> {
    if (this.#count === 0) return
    await new Promise<void>((resolve) => {
      this.#resolve = resolve
    })
  }

  // Replies behind another one on the same connection hear nothing when it closes.
  #openOn(socket: Socket): Set<ServerResponse> {
    const known = this.#open.get(socket)
    if (known) return known
    const open = new Set<ServerResponse>()
    this.#open.set(socket, open)
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#end(open, [...open])
    })
    return open
  }

  #end(open: Set<ServerResponse>, ended: readonly ServerResponse[]): void {
    for (const res of ended) if (open.delete(res)) this.#count--
    if (this.#count === 0) this.#resolve?.()
  }
}
