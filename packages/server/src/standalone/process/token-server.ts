import { once } from 'node:events'

import { toNodeListener } from '../../adapters/node.ts'
import type { TokenHandler } from '../../token-handler.ts'
import { createBoundedServer, type Timeouts } from './bounded-server.ts'
import type { Config } from '../config/config.ts'
import { listen } from './listen.ts'
import { OpenRequests } from './open-requests.ts'
import { within } from '../../time/deadline.ts'

/** A running HTTP server for tokens. @internal */
export interface TokenServer {
  readonly port: number
  /** Closes each connection with its next reply, so that callers reconnect to another server. */
  readonly drain: () => void
  /**
   * Closes the port and idle connections, and waits for requests in flight. Resolves with the number of requests
   * that were cut off after `graceMs`.
   */
  readonly stop: (graceMs: number) => Promise<number>
}

/** Optional parts of a server. @internal */
export interface TokenServerExtras {
  /** Called for a connection above the limit. */
  readonly onDrop?: (address: string | undefined) => void
  readonly timeouts?: Timeouts
}

const PLACE_NAMES = { port: 'PORT', host: 'RTC_TOKEN_HOST' }
const FLUSH_MS = 250

/**
 * Serves a handler over HTTP. It uses `node:http` directly, because closing a server without failing a request needs
 * control over its connections.
 *
 * @internal
 * @throws {ConfigError} when the server cannot listen
 */
export async function startTokenServer(
  handler: TokenHandler,
  config: Config,
  { onDrop, timeouts }: TokenServerExtras = {},
): Promise<TokenServer> {
  const { host, port, reusePort, trustProxy } = config
  const open = new OpenRequests()
  const answer = toNodeListener(handler, { trustProxy })
  const server = createBoundedServer(config, timeouts)
  server.on('drop', (caller) => onDrop?.(caller?.remoteAddress))
  server.on('request', (req, res) => {
    open.add(res)
    void answer(req, res)
  })
  const drain = (): void => open.makeLast()
  return {
    port: await listen(server, { port, host, reusePort }, PLACE_NAMES),
    drain,
    async stop(graceMs) {
      drain()
      const closed = once(server, 'close')
      const until = performance.now() + graceMs
      server.close()
      // When no request is open, connections may remain: replies that are being flushed, callers
      // that send nothing, and callers whose request is in transit and starts another round.
      while (await within(until - performance.now(), open.none())) {
        if ((await within(FLUSH_MS, closed)) || open.count === 0) break
      }
      const cut = open.count
      server.closeAllConnections()
      return cut
    },
  }
}
