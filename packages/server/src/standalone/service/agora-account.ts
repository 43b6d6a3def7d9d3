import type { Redis } from 'ioredis'

import { type AgoraRest, createAgoraRest, redisPace } from '../../agora-rest/agora-rest.ts'
import { readProjects } from '../../keys/projects.ts'
import type { TokenHandlerOptions } from '../../options/handler-options.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'

/**
 * Creates the client of Agora's REST API. Returns `undefined` if the settings name no account, or if there are several
 * projects, because a ban applies to one.
 *
 * @internal
 * @throws {ConfigError | TypeError} when the account is incomplete, or a host is not an origin
 */
export function agoraAccount(
  { customerId, customerSecret, restHosts }: Config,
  { project: given }: Pick<TokenHandlerOptions<unknown>, 'project'>,
  redis: Redis | undefined,
): AgoraRest | undefined {
  if (!customerId && !customerSecret) return undefined
  if (!customerId || !customerSecret) {
    throw new ConfigError('AGORA_CUSTOMER_ID and AGORA_CUSTOMER_SECRET: both expected, or neither')
  }
  const [project, ...others] = readProjects(given).all
  if (!project || others.length > 0) return undefined
  return createAgoraRest({
    customerId: customerId.reveal(),
    customerSecret: customerSecret.reveal(),
    appId: project.appId,
    ...(restHosts && { hosts: restHosts }),
    ...(redis && { pace: redisPace({ client: redis }) }),
  })
}
