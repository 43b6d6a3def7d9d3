import cluster from 'node:cluster'

import type { ConfigWarning } from '../../telemetry/token-event.ts'
import type { Service } from './create-service.ts'
import { foreignVariables } from '../config/foreign-variables.ts'
import type { Setup } from '../config/setup.ts'

type Warnings = Readonly<Record<string, { readonly detail: string; readonly holds: boolean }>>

/** Warnings about a configuration that is valid but may not be intended. @internal */
export function configWarnings(
  { config, env }: Setup,
  { options }: Pick<Service, 'options'>,
): readonly ConfigWarning[] {
  const { limits = {}, cors, compat } = options
  const isLocal = [limits.perIp, limits.perSubject, limits.perChannel].some((limit) => limit?.local)
  const origins = Array.isArray(cors?.origins) ? cors.origins : []
  const { unknown } = foreignVariables(env)
  const warnings: Warnings = {
    variable_unknown: {
      detail: `Unknown variables that begin like settings: ${unknown.join(', ')}`,
      holds: unknown.length > 0,
    },
    limiter_in_memory: {
      detail: 'Each process counts on its own; REDIS_URL makes them share the limits',
      holds: (config.reusePort || cluster.isWorker) && isLocal,
    },
    limiter_missing: {
      detail: 'No limit per address or per user',
      holds: !limits.perIp && !limits.perSubject,
    },
    compat_open: {
      detail: 'The routes of agora-token-service are open',
      holds: compat !== undefined,
    },
    cors_any_origin: {
      detail: 'Pages of any origin may call the server',
      holds: origins.includes('*'),
    },
    proxy_anybody: {
      detail: 'Callers can claim any address, so limits by address have no effect',
      holds: config.trustProxy === true,
    },
  }
  return Object.entries(warnings)
    .filter(([, { holds }]) => holds)
    .map(([code, { detail }]) => ({ type: 'config.warning', time: Date.now(), code, detail }))
}
