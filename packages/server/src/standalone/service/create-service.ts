import type { Redis } from 'ioredis'

import type { AgoraRest } from '../../agora-rest/agora-rest.ts'

import type { JwtSubject } from '../../auth/bearer-jwt.ts'
import type { TokenHandlerOptions } from '../../options/handler-options.ts'
import type { PrometheusTelemetry } from '../../telemetry/prometheus.ts'
import { combineTelemetry, type Telemetry } from '../../telemetry/telemetry.ts'
import { createTokenHandler, type TokenHandler } from '../../token-handler.ts'
import { createLimits } from './create-limits.ts'
import { createOptions } from './create-options.ts'
import { agoraAccount } from './agora-account.ts'
import { createRemovals } from './create-removals.ts'
import { createTelemetry } from './create-telemetry.ts'
import type { Logger } from './logger.ts'
import { connectRedis } from './redis-connection.ts'
import type { Setup } from '../config/setup.ts'

/** A handler and the parts that it uses. @internal */
export interface Service {
  readonly handler: TokenHandler
  readonly options: TokenHandlerOptions<JwtSubject>
  readonly telemetry: Telemetry
  readonly metrics: PrometheusTelemetry | undefined
  readonly redis: Redis | undefined
  /** Agora's REST API, if the settings name an account. */
  readonly agora: AgoraRest | undefined
}

/**
 * Creates the handler that the settings and the module describe. The caller must disconnect `redis` when it is done.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when a setting or option is missing or invalid
 */
export async function createService(setup: Setup, logger: Logger): Promise<Service> {
  const watching = await createTelemetry(setup.config, logger)
  const telemetry = withOwn(watching.telemetry, setup.options['telemetry'])
  const redis = await connectRedis(setup.config, logger)
  try {
    const limits = await createLimits(setup.config, redis)
    const removals = await createRemovals(setup.config, redis)
    const options = await createOptions(setup, { limits, removals, telemetry, logger })
    const handler = createTokenHandler(options)
    const agora = agoraAccount(setup.config, options, redis)
    return { handler, options, telemetry, metrics: watching.metrics, redis, agora }
  } catch (error) {
    redis?.disconnect()
    throw error
  }
}

function withOwn(telemetry: Telemetry, own: unknown): Telemetry {
  if (own === undefined) return telemetry
  if (typeof own === 'object' && own !== null) return combineTelemetry(telemetry, own)
  throw new TypeError(`telemetry: object expected, got ${own === null ? 'null' : typeof own}`)
}
