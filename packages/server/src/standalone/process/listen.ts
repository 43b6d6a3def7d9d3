import { once } from 'node:events'
import type { Server } from 'node:http'
import process from 'node:process'

import { codeOf } from '../../errors/thrown.ts'
import { ConfigError } from '../config/config-error.ts'

/** The address and port of a server. @internal */
export interface Place {
  readonly port: number
  readonly host: string | undefined
  readonly reusePort?: boolean
}

/** The variables that error messages name. @internal */
export interface PlaceNames {
  readonly port: string
  readonly host: string
}

/**
 * Opens the port of a server and resolves with its number.
 *
 * @internal
 * @throws {ConfigError} when the server cannot listen
 */
export async function listen(server: Server, place: Place, names: PlaceNames): Promise<number> {
  const { port, host, reusePort = false } = place
  if (reusePort) checkReusePort()
  try {
    server.listen({ port, reusePort, ...(host !== undefined && { host }) })
    await once(server, 'listening')
  } catch (error) {
    const { what, where } = wordsOf(place, names)
    throw new ConfigError(`${what}: cannot listen on ${where} (${codeOf(error)})`, { cause: error })
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

function wordsOf({ port, host }: Place, names: PlaceNames) {
  if (host === undefined) return { what: names.port, where: `port ${port}` }
  return { what: `${names.host} and ${names.port}`, where: `port ${port} of ${host}` }
}

/** Whether another process uses the port. @internal */
export function isPortTaken(error: unknown): boolean {
  return error instanceof ConfigError && codeOf(error.cause) === 'EADDRINUSE'
}

/**
 * Refuses a version of Node that cannot share a port: it would ignore the option, and the second process would
 * fail because the port is in use.
 *
 * @internal
 * @throws {ConfigError}
 */
export function checkReusePort(): void {
  const { node } = process.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)) return
  throw new ConfigError(`RTC_TOKEN_REUSE_PORT: Node 22.12, 23.1 or later expected, got ${node}`)
}
