import { readProjects } from '../../keys/projects.ts'
import type { ConfigWarning } from '../../telemetry/token-event.ts'
import { configWarnings } from './config-warnings.ts'
import type { Service } from './create-service.ts'
import { packageVersion } from '../config/package-version.ts'
import type { Setup } from '../config/setup.ts'
import type { LimitOptions } from '../../limit/limit-options.ts'
import type { RateLimiter } from '../../limit/rate-limiter.ts'

/** The log entry of a start: plain data without secrets. @internal */
export interface StartReport {
  readonly line: Readonly<Record<string, unknown>>
  readonly warnings: readonly ConfigWarning[]
}

/** A project as the log shows it: certificates by their key ids. @internal */
export interface ShownProject {
  /** The last four digits of the App ID. */
  readonly appIdTail: string
  readonly signer: string
  readonly verifiers: readonly string[]
}

/**
 * Lists the keys, limits and routes that the server starts with, and warnings about its configuration.
 *
 * @internal
 */
export async function startReport(setup: Setup, service: Service): Promise<StartReport> {
  const { config, options: own } = setup
  const { options, handler } = service
  const origins = options.cors?.origins
  return {
    line: {
      version: packageVersion(),
      projects: await shownProjects(options.project),
      authentication: own['authenticate'] ? 'own' : config.jwtSecret ? 'jwt secret' : 'jwt key set',
      policy: own['authorize'] ? 'own' : 'claims of the JWT',
      limits: describeLimits(options.limits, service.redis),
      removals: own['removals'] ? 'own' : options.removals ? 'in Redis' : 'none',
      cors: typeof origins === 'function' ? 'own' : (origins ?? 'same origin'),
      routes: [
        ...Object.keys(handler.openapi.paths ?? {}),
        ...(config.metricsPort === undefined ? [] : ['/metrics on its own port']),
      ],
      services: options.services,
    },
    warnings: configWarnings(setup, service),
  }
}

/** The projects, with the ids of their keys. @internal */
export async function shownProjects(
  project: Service['options']['project'],
): Promise<readonly ShownProject[]> {
  return Promise.all(
    readProjects(project).all.map(async ({ appId, keys }) => ({
      appIdTail: `…${appId.slice(-4)}`,
      signer: (await keys.signer()).id,
      verifiers: (await keys.verifiers()).map(({ id }) => id),
    })),
  )
}

/** Describes each limit and where it is counted, for the log. */
function describeLimits(
  limits: LimitOptions = {},
  redis: unknown,
): Readonly<Record<string, string>> {
  const { perIp, perSubject, perChannel } = limits
  const shown = { ip: perIp, subject: perSubject, channel: perChannel }
  return Object.fromEntries(
    Object.entries(shown).map(([kind, limiter]) => [kind, describeLimit(limiter, redis)]),
  )
}

function describeLimit(limiter: RateLimiter | undefined, redis: unknown): string {
  if (!limiter) return 'none'
  const place = limiter.local ? 'in memory' : redis ? 'in Redis' : 'own'
  const { policy } = limiter
  return policy ? `${policy.limit} in ${policy.window} s, ${place}` : place
}
