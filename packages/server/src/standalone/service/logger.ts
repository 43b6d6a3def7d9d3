import process from 'node:process'

import type { Logger, LoggerOptions } from 'pino'

import { isJsonObject, type JsonObject } from '../../checks/kind.ts'
import { maskedError } from '../../errors/masked-error.ts'
import type { Config } from '../config/config.ts'
import { createLineLimit, type LineLimit } from './line-limit.ts'
import { loadPeer } from './load-peer.ts'
import { LogStream } from './log-stream.ts'
import { say, writeAtOnce } from './output.ts'

export type { Logger } from 'pino'

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>

const WARN = 40

/**
 * Creates the log: lines of JSON on standard output, with secrets masked. {@link LogStream} never blocks requests
 * or the end of the process, and {@link createLineLimit} reduces a flood of refusals to some lines and a count.
 *
 * @internal
 * @throws {ConfigError} when pino is not installed
 */
export async function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Promise<Logger> {
  const [{ pino }, { REDACT }] = await loadPeer(['pino'], 'Logs', () =>
    Promise.all([import('pino'), import('../../telemetry/pino-events.ts')]),
  )
  // Errors of other libraries may contain a whole request, with its headers.
  const serializers = { err: (error: unknown) => pino.stdSerializers.err(maskedError(error)) }
  // Not pino's own stream, which waits for a reader and on a full disk retries a fatal line forever.
  const stream = new LogStream({
    write: (bytes) => writeAtOnce('stdout', bytes),
    onStuck: (reason) => say(`the log cannot be written (${reason}); requests do not wait for it`),
    onLost: (lines) => logger.warn({ type: 'log.lost', lines }, 'lines could not be written'),
  })
  const limit = createLineLimit((of, lines) =>
    logger.warn({ type: 'log.left_out', of, lines }, 'more of these lines were left out'),
  )
  const hooks = { ...REDACT.hooks, logMethod: withinLimit(limit) }
  const base = { pid: process.pid }
  const logger = pino({ ...REDACT, hooks, level: logLevel, base, serializers }, stream)
  process.on('exit', () => {
    limit.tell()
    stream.end()
  })
  return logger
}

/** Always writes lines for grants, and for other requests only as many lines as the limit allows. */
function withinLimit(limit: LineLimit): LogMethod {
  return function logMethod(args, method, level) {
    const fields: unknown = args[0]
    const isRefusal = level >= WARN && isJsonObject(fields) && isCallersDoing(fields)
    if (isRefusal && !limit.allows(kindOf(fields))) return
    method.apply(this, args)
  }
}

function isCallersDoing(fields: JsonObject): boolean {
  return 'requestId' in fields || fields['type'] === 'connection.refused'
}

function kindOf({ type, code, reason }: JsonObject): string {
  return [type, code, reason].filter((part) => typeof part === 'string').join(' ')
}
