import type { Logger } from 'pino'

import { maskedError } from '../keys/masked-error.ts'
import type { Config } from './config.ts'
import { loadPeer } from './load-peer.ts'

export type { Logger } from 'pino'

/**
 * Creates the log: lines of JSON on standard output, with secrets masked. Written at once, so that
 * the last line is there when the process ends.
 *
 * @internal
 * @throws {ConfigError} when pino is not installed
 */
export async function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Promise<Logger> {
  const [{ pino }, { REDACT }] = await loadPeer(['pino'], 'Logs', () =>
    Promise.all([import('pino'), import('../telemetry/pino-events.ts')]),
  )
  // What a stranger throws may hold a whole request, with its headers.
  const serializers = { err: (error: unknown) => pino.stdSerializers.err(maskedError(error)) }
  return pino({ ...REDACT, level: logLevel, base: { pid: process.pid }, serializers })
}
