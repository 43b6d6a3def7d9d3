import { createServer, type Server, type ServerOptions } from 'node:http'

import type { Config } from '../config/config.ts'

/** How long callers may take, in milliseconds. @internal */
export type Timeouts = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>
>

// Slower than this is no caller with a small body to send. Node looks only now and then whose time is
// over: every thirty seconds, where it is not told otherwise.
const TIMEOUTS: Timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
}

/**
 * Makes a server of `node:http` with bounds: how many connections it has, how long it waits for a request,
 * how long it keeps a connection without one.
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
