import { once } from 'node:events'

import { toNodeListener } from '../../adapters/node.ts'
import type { TokenHandler } from '../../token-handler.ts'
import { createBoundedServer, type Timeouts } from './bounded-server.ts'
import type { Config } from '../config/config.ts'
import { listen } from './listen.ts'
import { OpenRequests } from './open-requests.ts'
import { within } from '../../time/deadline.ts'

/** A port that tokens are had from. @internal */
export interface TokenServer {
  readonly port: number
  /** Ends each connection with its next reply, so that callers come back elsewhere. */
  readonly drain: () => void
  /**
   * Closes the port and idle connections, and waits for requests that have begun. Says how many had
   * to be cut off because their time was over.
   */
  readonly stop: (graceMs: number) => Promise<number>
}

/** What a server can be given besides. @internal */
export interface TokenServerExtras {
  /** Hears of a connection that was one too many. */
  readonly onDrop?: (address: string | undefined) => void
  readonly timeouts?: Timeouts
}

const PLACE_NAMES = { port: 'PORT', host: 'RTC_TOKEN_HOST' }
const FLUSH_MS = 250

/**
 * Serves a handler over HTTP. On `node:http` itself: `toNodeListener` is made for it, and closing a
 * server without failing a request needs its connections in hand.
 *
 * @internal
 * @throws {ConfigError} when the port cannot be had
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
      // What is left when none is open is without a request: replies that are being flushed, callers
      // who say nothing, and callers whose request is on its way and begins a new round.
      while (await within(until - performance.now(), open.none())) {
        if ((await within(FLUSH_MS, closed)) || open.count === 0) break
      }
      const cut = open.count
      server.closeAllConnections()
      return cut
    },
  }
}
