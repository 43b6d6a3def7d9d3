import type { TtlOptions } from '../../options/handler-options.ts'
import type { Config } from './config.ts'

const STANDARD_SECONDS = 3600
const SHORTEST_SECONDS = 60

/** The lives of tokens that the settings allow; by default at most an hour. @internal */
export function livesOf({ ttlDefault, ttlMax }: Config): Required<TtlOptions> {
  const standard = ttlDefault ?? Math.min(STANDARD_SECONDS, ttlMax)
  return { default: standard, max: ttlMax, min: Math.min(SHORTEST_SECONDS, standard) }
}
