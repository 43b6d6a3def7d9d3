import type { JwtSubject } from '../../auth/bearer-jwt.ts'
import type { TokenHandlerOptions, TtlOptions } from '../../options/handler-options.ts'
import type { LimitOptions } from '../../limit/limit-options.ts'
import type { Removals } from '../../removal/removals.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import { claimsPolicy } from './claims-policy.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { jwtAuthenticator } from './jwt-authenticator.ts'
import { logFailure } from './log-failure.ts'
import type { Logger } from './logger.ts'
import { readProject, refusePublished } from '../config/read-project.ts'
import type { Setup } from '../config/setup.ts'

const STANDARD_SECONDS = 3600
const SHORTEST_SECONDS = 60

/** Parts of the options that do not come from the settings. @internal */
export interface Parts {
  readonly limits: LimitOptions
  readonly removals: Removals | undefined
  readonly telemetry: Telemetry
  readonly logger: Pick<Logger, 'error' | 'warn'>
}

/**
 * Makes the options of the handler from the settings; the options of a module take precedence.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when a setting or option is missing or invalid
 */
export async function createOptions(
  setup: Setup,
  { limits, removals, telemetry, logger }: Parts,
): Promise<TokenHandlerOptions<JwtSubject>> {
  const { config, options, env } = setup
  if (options['project']) refusePublished(env, options['project'])
  const { compatRoutes } = config
  const onKeyError = (error: unknown): void => logger.error({ type: 'keys.failing', err: error })
  return {
    project: options['project'] ? NO_PROJECT : readProject(config, env, onKeyError),
    ...(await whoAndWhat(setup)),
    services: config.services,
    ttl: livesOf(config),
    ...pagesThatMayAsk(config),
    ...(compatRoutes && { compat: { routes: compatRoutes } }),
    limits,
    ...(removals && { removals }),
    health: true,
    onError: (error, requestId) => logFailure(logger, error, requestId),
    ...options,
    telemetry,
  }
}

// The module's project replaces it.
const NO_PROJECT = { appId: '', appCertificate: '' }

function pagesThatMayAsk({
  corsOrigins: origins,
  corsAllowHeaders: allowHeaders,
}: Config): Pick<TokenHandlerOptions<unknown>, 'cors'> {
  if (origins) return { cors: allowHeaders ? { origins, allowHeaders } : { origins } }
  if (!allowHeaders) return {}
  throw new ConfigError('RTC_TOKEN_CORS_ALLOW_HEADERS: expected only with RTC_TOKEN_CORS_ORIGINS')
}

/** The two hooks: those of the module, or authentication by JWT and a policy from its claims. */
async function whoAndWhat({
  config,
  options,
}: Setup): Promise<Pick<TokenHandlerOptions<JwtSubject>, 'authenticate' | 'authorize'>> {
  const authorize = claimsPolicy(config.jwtClaim)
  if (!options['authenticate']) return { authenticate: await jwtAuthenticator(config), authorize }
  // Subjects of the module's `authenticate` need not have claims, so the policy from claims cannot decide about them.
  if (options['authorize']) return { authenticate: () => null, authorize }
  throw new ConfigError('config file: authorize expected with authenticate')
}

/** The lives of tokens that the settings allow; by default at most an hour. @internal */
export function livesOf({ ttlDefault, ttlMax }: Config): Required<TtlOptions> {
  const standard = ttlDefault ?? Math.min(STANDARD_SECONDS, ttlMax)
  return { default: standard, max: ttlMax, min: Math.min(SHORTEST_SECONDS, standard) }
}
