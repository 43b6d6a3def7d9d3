import { readFileSync } from 'node:fs'

import { codeOf } from '../../errors/thrown.ts'
import type { Config, Environment } from './config.ts'
import { ConfigError } from './config-error.ts'
import { foreignVariables, isOfService } from './foreign-variables.ts'
import type { Kind } from '../../checks/kind.ts'
import { shown } from './setting-kind.ts'
import { isSettingName, type Setting, SETTING_NAMES, SETTINGS } from './settings-table.ts'

/** Members of a config file. @internal */
export type FileMembers = Readonly<Record<string, unknown>>

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::'])

/**
 * Reads the settings from the environment and from the members of a config file; the environment takes precedence.
 *
 * @internal
 * @throws {ConfigError} for a value of the wrong type, a misspelt variable, an unknown member, a secret in the
 *   file, or settings that exclude each other
 */
export function readConfig(env: Environment, file: FileMembers = {}): Config {
  foreignVariables(env)
  refuseForeignMembers(file)
  const entries = SETTING_NAMES.map((name) => [name, readSetting(name, env, file)] as const)
  // Each value has been read by the kind that the table, which is typed by Config, has under its name.
  const config = Object.fromEntries(entries) as unknown as Config // oxlint-disable-line typescript/no-unsafe-type-assertion -- see above
  checkLives(config)
  checkPorts(config)
  return config
}

function readSetting(name: keyof Config, env: Environment, file: FileMembers): unknown {
  const { variable, alias, kind, fallback, hasFile }: Setting<unknown> = SETTINGS[name]
  const path = hasFile ? env[`${variable}_FILE`] : undefined
  const set = [variable, alias].find((given) => given !== undefined && isGiven(given, env[given]))
  if (set !== undefined) {
    if (isSet(path)) throw new ConfigError(`${variable} and ${variable}_FILE: only one expected`)
    return valueOf(kind, env[set], set)
  }
  if (isSet(path)) return valueOf(kind, readText(path, `${variable}_FILE`), `${variable}_FILE`)
  return file[name] === undefined ? fallback : valueOf(kind, file[name], name)
}

function valueOf<T>(kind: Kind<T>, value: unknown, what: string): T {
  const read = kind.read(value)
  if (read !== undefined) return read
  throw new ConfigError(`${what}: ${kind.expected} expected, got ${shown(value)}`)
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    // Without the path, which may be the secret itself, set by mistake.
    throw new ConfigError(`${what}: path of a file expected, got ${shown(path)} (${codeOf(error)})`)
  }
}

function refuseForeignMembers(file: FileMembers): void {
  const members = Object.keys(file)
  const unknown = members.find((name) => !isSettingName(name))
  if (unknown !== undefined) {
    const open = SETTING_NAMES.filter((name) => !SETTINGS[name].isSecret)
    throw new ConfigError(`config file: only ${open.join(', ')} expected, got ${unknown}`)
  }
  const secret = members.filter(isSettingName).find((name) => SETTINGS[name].isSecret)
  if (secret === undefined) return
  const { variable } = SETTINGS[secret]
  throw new ConfigError(`config file: ${secret} is a secret; set the variable ${variable} instead`)
}

function isGiven(name: string, value: string | undefined): boolean {
  return isSet(value) && !isOfService(name, value)
}

// Compose files and dashboards pass unset variables as empty strings.
function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== ''
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
  throw new ConfigError(
    `PORT and RTC_TOKEN_METRICS_PORT: two different ports expected, got ${port} twice`,
  )
}
