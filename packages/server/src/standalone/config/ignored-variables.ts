import { foreignVariables } from './foreign-variables.ts'
import type { Environment } from './config.ts'

/** Variables that look like settings but have no effect, and why. @internal */
export interface IgnoredVariables {
  readonly variables: readonly string[]
  readonly reason: string
}

const PROCESSES_PAGE = 'https://github.com/rtc-token/rtc-token/blob/main/docs/processes.md'

/** Finds variables that platforms set for their own purposes. @internal */
export function ignoredVariables(env: Environment): readonly IgnoredVariables[] {
  const processes = env['WEB_CONCURRENCY'] ? ['WEB_CONCURRENCY'] : []
  const { services } = foreignVariables(env)
  return [
    { variables: processes, reason: `this is one process; for several, see ${PROCESSES_PAGE}` },
    { variables: services, reason: 'made by Kubernetes or Docker for services' },
  ].filter(({ variables }) => variables.length > 0)
}
