import type { Environment } from './read-config.ts'

/** Variables that mean nothing here though it looks as if they did, and why. @internal */
export interface IgnoredVariables {
  readonly variables: readonly string[]
  readonly reason: string
}

const PROCESSES_PAGE = 'https://github.com/rtc-token/rtc-token/blob/main/docs/processes.md'

/** Finds what the start of a server has to tell about its environment. @internal */
export function ignoredVariables(env: Environment): readonly IgnoredVariables[] {
  const { WEB_CONCURRENCY: processes = '' } = env
  if (processes === '') return []
  const reason = `this is one process; for several, see ${PROCESSES_PAGE}`
  return [{ variables: ['WEB_CONCURRENCY'], reason }]
}
