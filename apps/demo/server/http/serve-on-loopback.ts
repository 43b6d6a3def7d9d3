import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** A server that listens on this machine only. */
export interface LoopbackServer {
  /** Where it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string
  readonly close: () => Promise<void>
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1'])

/**
 * Starts a server on a free port of a loopback address.
 *
 * @throws {TypeError} for any other host than 127.0.0.1 and ::1
 */
export async function serveOnLoopback(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<LoopbackServer> {
  if (!LOOPBACK.has(host)) {
    throw new TypeError(`host: 127.0.0.1 or ::1 expected, got ${JSON.stringify(host)}`)
  }
  const server = createServer(listener).listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a port expected')
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}
