import { MAX_LIFE_SECONDS } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { createCors } from '../http/cors.ts'
import { printError } from '../errors/failure.ts'
import type { TokenHandlerOptions, TtlOptions } from './handler-options.ts'
import { createLimitGuard } from '../limit/limit-guard.ts'
import { readProjects } from '../keys/projects.ts'
import { isOpenToEveryone } from '../policy/unsafe-allow-everyone.ts'
import type { BaseSettings, Settings } from './settings.ts'
import { createAudit } from '../telemetry/audit.ts'
import { combineTelemetry } from '../telemetry/telemetry.ts'
import { SERVICES } from '../policy/service-names.ts'

const OPTION_NAMES = [
  'project',
  'authenticate',
  'authorize',
  'services',
  'ttl',
  'timeoutMs',
  'version',
  'params',
  'cors',
  'limits',
  'inspect',
  'compat',
  'openapi',
  'health',
  'onEvent',
  'audit',
  'telemetry',
  'serverTiming',
  'onError',
  'clock',
  'random',
] as const satisfies readonly (keyof TokenHandlerOptions<unknown>)[]
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/**
 * Checks the options and fills in the defaults, so that a mistake stops the start and not a call.
 *
 * @internal
 * @throws {TypeError} when an option is missing, unknown or of the wrong kind
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function checkOptions<S>(options: TokenHandlerOptions<S>): Settings<S> {
  requireMembers(options, 'createTokenHandler options', OPTION_NAMES)
  const { timeoutMs = 5000, onError = printError, cors, telemetry } = options
  requireFunction(onError, 'onError')
  return {
    projects: readProjects(options.project),
    authenticate: requireFunction(options.authenticate, 'authenticate'),
    authorize: requireFunction(options.authorize, 'authorize'),
    isUnsafe: isOpenToEveryone(options.authorize),
    services: checkServiceNames(options.services ?? ['rtc'], options.version),
    ttl: checkTtlOptions(options.ttl),
    timeoutMs: requireInteger(timeoutMs, 'timeoutMs', 1, MAX_TIMEOUT_MS),
    version: requireOneOf(options.version ?? '007', 'version', ['007', '006']),
    params: checkParams(options.params),
    cors: createCors(checkCors(cors)),
    answersPreflights: cors !== undefined,
    limits: createLimitGuard({ ...options.limits, onError: (error) => onError(error, '') }),
    inspect: checkInspect(options.inspect),
    compat: checkCompat(options.compat),
    openapi: requireBoolean(options.openapi ?? true, 'openapi'),
    health: requireBoolean(options.health ?? false, 'health'),
    telemetry: telemetry && combineTelemetry(telemetry),
    audit: checkAudit(options, timeoutMs, onError),
    signingKeys: new Map(),
    serverTiming: requireBoolean(options.serverTiming ?? false, 'serverTiming'),
    onError,
    clock: requireFunction(options.clock ?? Date.now, 'clock'),
    random: requireFunction(options.random ?? Math.random, 'random'),
  }
}

function checkServiceNames(
  services: readonly ServiceName[],
  version: string | undefined,
): readonly ServiceName[] {
  const isList = Array.isArray(services) && services.length > 0
  if (!isList || !services.every((service) => SERVICES.includes(service))) {
    throw new TypeError(`services: a list out of ${SERVICES.join(', ')} expected`)
  }
  if (version === '006' && services.join() !== 'rtc') {
    throw new TypeError(`services: ['rtc'] expected with version '006', which holds one service`)
  }
  return Object.freeze([...new Set(services)])
}

function checkParams(params: TokenHandlerOptions<unknown>['params']): BaseSettings['params'] {
  if (params === undefined) return undefined
  requireFunction(params['~standard']?.validate, `params['~standard'].validate`)
  return params
}

function checkCors(
  cors: TokenHandlerOptions<unknown>['cors'],
): TokenHandlerOptions<unknown>['cors'] {
  if (cors !== undefined) {
    requireMembers(cors, 'cors', ['origins', 'credentials', 'allowHeaders', 'maxAgeSeconds'])
  }
  return cors
}

function checkInspect(inspect: TokenHandlerOptions<unknown>['inspect']): BaseSettings['inspect'] {
  if (inspect === undefined) return undefined
  requireMembers(inspect, 'inspect', ['authenticate'])
  return { authenticate: requireFunction(inspect.authenticate, 'inspect.authenticate') }
}

function checkCompat(compat: TokenHandlerOptions<unknown>['compat']): boolean {
  if (compat === undefined) return false
  requireMembers(compat, 'compat', ['routes'])
  requireOneOf(compat.routes, 'compat.routes', ['agora-token-service'])
  return true
}

function checkAudit(
  { audit, onEvent }: Pick<TokenHandlerOptions<unknown>, 'audit' | 'onEvent'>,
  timeoutMs: number,
  onError: BaseSettings['onError'],
): BaseSettings['audit'] {
  if (audit !== undefined) requireOneOf(audit, 'audit', ['required'])
  if (onEvent === undefined && audit === undefined) return undefined
  requireFunction(onEvent, 'onEvent')
  return onEvent && createAudit({ onEvent, required: audit === 'required', timeoutMs, onError })
}

function checkTtlOptions(ttl: TtlOptions = {}): Required<TtlOptions> {
  requireMembers(ttl, 'ttl', ['default', 'max', 'min'])
  const max = requireInteger(ttl.max ?? MAX_LIFE_SECONDS, 'ttl.max', 1, MAX_LIFE_SECONDS)
  const min = requireInteger(ttl.min ?? Math.min(60, max), 'ttl.min', 1, max)
  const standard = ttl.default ?? Math.max(min, Math.min(3600, max))
  return { max, min, default: requireInteger(standard, 'ttl.default', min, max) }
}

// A misspelt `ttl.maximum` would otherwise quietly mean 24 hours.
function requireMembers(
  value: unknown,
  what: string,
  names: readonly string[],
): asserts value is object {
  if (typeof value !== 'object' || value === null) fail(what, 'object', value)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`${what}: only ${names.join(', ')} expected, got ${unknown}`)
  }
}

function requireFunction<F>(value: F, what: string): F {
  return typeof value === 'function' ? value : fail(what, 'function', value)
}

function requireBoolean(value: boolean, what: string): boolean {
  return typeof value === 'boolean' ? value : fail(what, 'boolean', value)
}

function requireOneOf<T extends string>(value: T, what: string, choices: readonly T[]): T {
  if (choices.includes(value)) return value
  return fail(what, choices.map((choice) => `'${choice}'`).join(' or '), value)
}

function requireInteger(value: number, what: string, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  return fail(what, `integer ${min} to ${max}`, value)
}

function fail(what: string, expected: string, got: unknown): never {
  const shown = typeof got === 'number' || got === null ? String(got) : typeof got
  throw new TypeError(`${what}: ${expected} expected, got ${shown}`)
}
