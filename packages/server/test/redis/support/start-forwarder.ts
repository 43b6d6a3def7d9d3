import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** An address that leads to a Redis, as a name does, and to another one after a failover. */
export interface Forwarder {
  readonly url: string
  /** Where new connections go; those that there are stay. */
  leadTo(redisUrl: string): void
  stop(): Promise<void>
}

/** Starts an address of its own for a Redis. Stop it in the end. */
export async function startForwarder(redisUrl: string): Promise<Forwarder> {
  let target = redisUrl
  const sockets = new Set<Socket>()
  const server = createServer((incoming) => {
    const outgoing = connect(Number(new URL(target).port), '127.0.0.1')
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `redis://127.0.0.1:${port}`,
    leadTo: (url) => {
      target = url
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
