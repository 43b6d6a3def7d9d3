import { redactSecrets } from '../errors/redact-secrets.ts'
import type { Telemetry } from './telemetry.ts'
import type { TokenEvent } from './token-event.ts'

/** The part of a pino logger that is used; Fastify's `log` fits as well. */
export interface EventLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

const LEVELS = {
  'token.issued': 'info',
  'token.renewed': 'info',
  'token.denied': 'warn',
  'auth.failed': 'warn',
  limited: 'warn',
  'policy.error': 'error',
  'config.warning': 'warn',
  'key.changed': 'info',
  'user.removed': 'warn',
  'user.readmitted': 'info',
} as const satisfies Record<TokenEvent['type'], keyof EventLogger>

const SECRET_NAMES = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'token',
  'previousToken',
  'appCertificate',
  'certificate',
  'secret',
]

/**
 * Options for pino that keep secrets out of every line, also lines of your own: members whose names suggest a secret,
 * up to two levels deep, and anything in the line that looks like a secret.
 *
 * @example
 * const logger = pino({ ...REDACT, level: 'info' })
 */
export const REDACT: {
  readonly redact: { readonly paths: string[]; readonly censor: string }
  readonly hooks: { readonly streamWrite: (line: string) => string }
} = {
  redact: { paths: SECRET_NAMES.flatMap(pathsOf), censor: '[redacted]' },
  hooks: { streamWrite: redactSecrets },
}

/**
 * Writes one line for each decision: granted as `info`, refused as `warn`, the server's own failures
 * as `error`. The members of the event are members of the line; its `time` is the line's own.
 *
 * @throws {TypeError} when the logger lacks a level
 *
 * @example
 * createTokenHandler({ ...options, telemetry: pinoEvents(pino(REDACT)) })
 */
export function pinoEvents(logger: EventLogger): Required<Pick<Telemetry, 'event'>> {
  checkLogger(logger)
  return {
    // Without `time`: pino writes one, and a line with two of them is read in two ways.
    event: ({ time: _time, ...fields }) => logger[LEVELS[fields.type]](fields, fields.type),
  }
}

function pathsOf(name: string): string[] {
  const dotted = name.startsWith('[') ? name : `.${name}`
  return [name, `*${dotted}`, `*.*${dotted}`]
}

function checkLogger(logger: unknown): void {
  for (const level of new Set(Object.values(LEVELS))) {
    const isObject = typeof logger === 'object' && logger !== null
    if (isObject && typeof Reflect.get(logger, level) === 'function') continue
    throw new TypeError(`logger: pino logger expected, got one without ${level}`)
  }
}
