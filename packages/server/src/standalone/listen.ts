import { once } from 'node:events'
import type { Server } from 'node:http'

import { ConfigError } from './config-error.ts'

/**
 * Opens the port of a server and says which one it got.
 *
 * @internal
 * @param what - the setting that errors name
 * @throws {ConfigError} when the port cannot be had
 */
export async function listen(
  server: Server,
  port: number,
  host: string | undefined,
  what: string,
): Promise<number> {
  try {
    server.listen(host === undefined ? { port } : { port, host })
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new ConfigError(`${what}: cannot listen on port ${port} (${code})`, { cause: error })
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}
