import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * The requests that have not been answered yet.
 *
 * @internal
 */
export class OpenRequests {
  readonly #open = new Map<Socket, Set<ServerResponse>>()
  #count = 0
  #isLast = false
  #resolve: (() => void) | undefined

  /** Adds a request; it is removed when its reply is sent or its caller disconnects. */
  add(res: ServerResponse): void {
    if (this.#isLast) res.shouldKeepAlive = false
    const open = this.#openOn(res.req.socket)
    open.add(res)
    this.#count++
    res.once('close', () => this.#end(open, [res]))
  }

  /** From now on each reply closes its connection, including replies to requests in flight. */
  makeLast(): void {
    this.#isLast = true
    for (const open of this.#open.values()) for (const res of open) res.shouldKeepAlive = false
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when no request is open. */
  async none(): Promise<void> {
    if (this.#count === 0) return
    await new Promise<void>((resolve) => {
      this.#resolve = resolve
    })
  }

  // A reply that is queued behind another one gets no event when the connection closes.
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
