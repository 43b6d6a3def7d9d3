import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::'])

/**
 * Refuses settings that are valid on their own but exclude each other.
 *
 * @internal
 * @throws {ConfigError}
 */
export function checkSettings(config: Config): void {
  checkLives(config)
  checkPorts(config)
}

function checkLives({ ttlDefault, ttlMax }: Config): void {
  if (ttlDefault === undefined || ttlDefault <= ttlMax) return
  throw new ConfigError(
    `RTC_TOKEN_TTL_DEFAULT: at most RTC_TOKEN_TTL_MAX (${ttlMax}) expected, got ${ttlDefault}`,
  )
}

function checkPorts({ host, port, metricsHost, metricsPort }: Config): void {
  if (port === 0 || port !== metricsPort) return
  const hosts = [host, metricsHost]
  if (host !== metricsHost && !hosts.some((each) => EVERY_ADDRESS.has(each))) return
  throw new ConfigError(`PORT and RTC_TOKEN_METRICS_PORT: two ports expected, got ${port} twice`)
}
