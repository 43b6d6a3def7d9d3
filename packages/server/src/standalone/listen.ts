import { once } from 'node:events'
import type { Server } from 'node:http'
import process from 'node:process'

import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'

/** Where a server is to listen. @internal */
export type Place = Pick<Config, 'port' | 'host'> & Partial<Pick<Config, 'reusePort'>>

/**
 * Opens the port of a server and says which one it got.
 *
 * @internal
 * @param what - the setting that errors name
 * @throws {ConfigError} when the port cannot be had
 */
export async function listen(
  server: Server,
  { port, host, reusePort = false }: Place,
  what: string,
): Promise<number> {
  if (reusePort) checkReusePort()
  try {
    server.listen({ port, reusePort, ...(host !== undefined && { host }) })
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new ConfigError(`${what}: cannot listen on port ${port} (${code})`, { cause: error })
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

// An older Node ignores the option, and the second process would find the port taken.
function checkReusePort(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)) return
  const { node } = process.versions
  throw new ConfigError(`RTC_TOKEN_REUSE_PORT: Node 22.12, 23.1 or later expected, got ${node}`)
}
