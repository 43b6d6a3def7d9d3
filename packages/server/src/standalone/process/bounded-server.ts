import { createServer, type Server, type ServerOptions } from 'node:http'

import type { Config } from '../config/config.ts'

/** Time limits for callers, in milliseconds. @internal */
export type Timeouts = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>
>

// Enough for any caller with a small body. Node checks the time limits only at intervals, by default every thirty
// seconds.
const TIMEOUTS: Timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
}

/**
 * Creates a server of `node:http` with limits: for the number of connections, for the time that a request takes to
 * arrive, and for the time that an idle connection stays open.
 *
 * @internal
 */
export function createBoundedServer(
  { maxConnections, keepAliveSeconds }: Pick<Config, 'maxConnections' | 'keepAliveSeconds'>,
  timeouts: Timeouts = TIMEOUTS,
): Server {
  const server = createServer({ ...timeouts, keepAliveTimeout: keepAliveSeconds * 1000 })
  server.maxConnections = maxConnections
  return server
}
