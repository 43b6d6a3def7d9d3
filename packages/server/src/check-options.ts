import { MAX_LIFE_SECONDS } from '@rtc-token/core'

import type { Settings, TokenHandlerOptions, TtlOptions } from './handler-options.ts'
import { checkProject, type Project } from './project.ts'

const OPTION_NAMES = [
  'project',
  'authenticate',
  'authorize',
  'ttl',
  'timeoutMs',
  'version',
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
  const { timeoutMs = 5000, version = '007', onError = printError } = options
  if (version !== '007' && version !== '006') fail('version', "'007' or '006'", version)
  return {
    project: checkedProject(options.project),
    authenticate: requireFunction(options.authenticate, 'authenticate'),
    authorize: requireFunction(options.authorize, 'authorize'),
    ttl: checkTtlOptions(options.ttl),
    timeoutMs: requireInteger(timeoutMs, 'timeoutMs', 1, MAX_TIMEOUT_MS),
    version,
    onError: requireFunction(onError, 'onError'),
    clock: requireFunction(options.clock ?? Date.now, 'clock'),
    random: requireFunction(options.random ?? Math.random, 'random'),
  }
}

function checkedProject(project: unknown): Project {
  const names = { appId: 'project.appId', appCertificate: 'project.appCertificate' }
  requireObject(project, 'project')
  return checkProject(project, names)
}

function checkTtlOptions(ttl: TtlOptions = {}): Required<TtlOptions> {
  requireMembers(ttl, 'ttl', ['default', 'max', 'min'])
  const max = requireInteger(ttl.max ?? MAX_LIFE_SECONDS, 'ttl.max', 1, MAX_LIFE_SECONDS)
  const min = requireInteger(ttl.min ?? Math.min(60, max), 'ttl.min', 1, max)
  const standard = ttl.default ?? Math.max(min, Math.min(3600, max))
  return { max, min, default: requireInteger(standard, 'ttl.default', min, max) }
}

function requireObject(value: unknown, what: string): asserts value is object {
  if (typeof value !== 'object' || value === null) fail(what, 'object', value)
}

// A misspelt `ttl.maximum` would otherwise quietly mean 24 hours.
function requireMembers(
  value: unknown,
  what: string,
  names: readonly string[],
): asserts value is object {
  requireObject(value, what)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`${what}: only ${names.join(', ')} expected, got ${unknown}`)
  }
}

function requireFunction<F>(value: F, what: string): F {
  return typeof value === 'function' ? value : fail(what, 'function', value)
}

function requireInteger(value: number, what: string, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  return fail(what, `integer ${min} to ${max}`, value)
}

function fail(what: string, expected: string, got: unknown): never {
  const shown = typeof got === 'number' || got === null ? String(got) : typeof got
  throw new TypeError(`${what}: ${expected} expected, got ${shown}`)
}

function printError(error: unknown, requestId: string): void {
  console.error(`[rtc-token] request ${requestId}:`, error) // oxlint-disable-line no-console -- the default sink
}
