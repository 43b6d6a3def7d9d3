import { MAX_LIFE_SECONDS } from '@rtc-token/core'
import { type ServiceName, SERVICES } from '@rtc-token/core/contract'

import {
  ANYTHING,
  BOOLEAN,
  FUNCTION,
  integer,
  listOutOf,
  oneOf,
  optional,
  orNull,
  own,
  readMembers,
  requireKind,
  requireMembers,
  shown,
  type Table,
  type Wording,
} from '../checks/kind.ts'
import { createCors } from '../http/cors.ts'
import { printError } from '../errors/failure.ts'
import type { TokenHandlerOptions, TtlOptions } from './handler-options.ts'
import { createLimitGuard } from '../limit/limit-guard.ts'
import { readProjects } from '../keys/projects.ts'
import { isOpenToEveryone } from '../policy/unsafe-allow-everyone.ts'
import { createRemovalGuard } from '../removal/removal-guard.ts'
import type { BaseSettings, Settings } from './settings.ts'
import { createAudit } from '../telemetry/audit.ts'
import { combineTelemetry } from '../telemetry/telemetry.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'

const WORDING: Wording = { whole: 'createTokenHandler options', member: '', got: shown }
const MAX_TIMEOUT_MS = 2 ** 31 - 1

const OPTIONS = {
  project: own(readProjects),
  authenticate: FUNCTION,
  authorize: FUNCTION,
  services: orNull(optional(listOutOf(SERVICES), ['rtc'] as const)),
  ttl: own(readTtl),
  timeoutMs: optional(integer(1, MAX_TIMEOUT_MS), 5000),
  version: orNull(optional(oneOf('007', '006'), '007')),
  params: optional(own(readParams)),
  cors: optional(own(createCors), createCors()),
  limits: optional(ANYTHING),
  removals: optional(ANYTHING),
  inspect: optional(own(readInspect)),
  compat: optional(own(readCompat), false),
  openapi: orNull(optional(BOOLEAN, true)),
  health: orNull(optional(BOOLEAN, false)),
  onEvent: optional(FUNCTION),
  audit: optional(oneOf('required')),
  telemetry: optional(ANYTHING),
  serverTiming: orNull(optional(BOOLEAN, false)),
  onError: optional(FUNCTION, printError),
  clock: orNull(optional(FUNCTION, Date.now)),
  random: orNull(optional(FUNCTION, Math.random)),
} satisfies Table<TokenHandlerOptions<unknown>>

/** The names of all options. @internal */
export const OPTION_NAMES: readonly string[] = Object.keys(OPTIONS)

/**
 * Checks the options and fills in the defaults, so that a mistake fails at the start and not during a request.
 *
 * @internal
 * @throws {TypeError} when an option is missing, unknown or of the wrong type
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function checkOptions<S>(options: TokenHandlerOptions<S>): Settings<S> {
  const { project, limits, removals, telemetry, audit, onEvent, ...read } = readMembers(
    options,
    WORDING,
    OPTIONS,
  )
  const { authorize, services, version, timeoutMs, onError } = read
  if (audit) requireKind(onEvent, FUNCTION, 'onEvent', shown)
  return {
    ...read,
    projects: project,
    isUnsafe: isOpenToEveryone(authorize),
    services: distinctServices(services, version),
    answersPreflights: options.cors !== undefined,
    limits: createLimitGuard({ ...limits, onError: (error) => onError(error, '') }),
    removals:
      removals === undefined
        ? undefined
        : createRemovalGuard(removals, (error) => onError(error, '')),
    telemetry: telemetry && combineTelemetry(telemetry),
    audit: onEvent && createAudit({ onEvent, required: audit === 'required', timeoutMs, onError }),
    signingKeys: new Map(),
  }
}

function distinctServices(
  services: readonly ServiceName[],
  version: '006' | '007',
): readonly ServiceName[] {
  if (version === '006' && services.join() !== 'rtc') {
    throw new TypeError(`services: ['rtc'] expected with version '006', which holds one service`)
  }
  return Object.freeze([...new Set(services)])
}

function readParams(params: ParamsSchema): ParamsSchema {
  requireKind(params['~standard']?.validate, FUNCTION, `params['~standard'].validate`, shown)
  return params
}

function readInspect(
  inspect: NonNullable<TokenHandlerOptions<unknown>['inspect']>,
): BaseSettings['inspect'] {
  const wording = { whole: 'inspect', member: 'inspect.', got: shown }
  return readMembers(inspect, wording, { authenticate: FUNCTION })
}

function readCompat(compat: NonNullable<TokenHandlerOptions<unknown>['compat']>): true {
  const wording = { whole: 'compat', member: 'compat.', got: shown }
  readMembers(compat, wording, { routes: oneOf('agora-token-service') })
  return true
}

function readTtl(ttl: TtlOptions = {}): Required<TtlOptions> {
  const wording = { whole: 'ttl', member: 'ttl.', got: shown }
  requireMembers(ttl, wording, ['default', 'max', 'min'])
  const read = (name: keyof TtlOptions, standard: number, least: number, most: number): number => {
    const seconds = ttl[name] ?? standard
    requireKind(seconds, integer(least, most), `ttl.${name}`, shown)
    return seconds
  }
  const max = read('max', MAX_LIFE_SECONDS, 1, MAX_LIFE_SECONDS)
  const min = read('min', Math.min(60, max), 1, max)
  return { max, min, default: read('default', Math.max(min, Math.min(3600, max)), min, max) }
}
