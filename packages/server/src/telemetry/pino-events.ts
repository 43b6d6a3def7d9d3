import { redactSecrets } from '../errors/redact-secrets.ts'
import type { Telemetry } from './telemetry.ts'
import type { TokenEvent } from './token-event.ts'

/** The methods of a pino logger that {@link pinoEvents} uses. Fastify's `log` has them too. */
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
 * Options for pino that mask secrets in every line, including lines of your own: members whose names suggest a secret,
 * up to two levels deep, and anything that looks like a secret.
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
 * Creates telemetry that writes one log line for each event: `info` for grants, `warn` for refusals and removals,
 * `error` for failures of the server. The line has the members of the event, except that `time` is pino's own.
 *
 * @throws {TypeError} when the logger lacks a level
 *
 * @example
 * createTokenHandler({ ...options, telemetry: pinoEvents(pino(REDACT)) })
 */
export function pinoEvents(logger: EventLogger): Required<Pick<Telemetry, 'event'>> {
  checkLogger(logger)
  return {
    // Without `time`: pino writes its own, and readers disagree about a line with two.
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
