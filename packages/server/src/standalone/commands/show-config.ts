import { redactSecrets } from '../../errors/redact-secrets.ts'
import type { Config } from '../config/config.ts'
import { jwtNames } from '../service/jwt-authenticator.ts'
import { livesOf } from '../service/create-options.ts'
import { readProject } from '../config/read-project.ts'
import { isSecret } from '../config/secret.ts'
import { type Setting, SETTING_NAMES, SETTINGS } from '../config/settings-table.ts'
import type { Setup } from '../config/setup.ts'
import { shownProjects } from '../service/start-report.ts'

type Show = (config: Config) => unknown

// Settings whose default depends on others, and settings that are shown only in part.
const SHOWN: Partial<Readonly<Record<keyof Config, Show>>> = {
  appId: ({ appId }) => appId && `…${appId.slice(-4)}`,
  jwtJwksUrl: ({ jwtJwksUrl }) => jwtJwksUrl && withoutPassword(jwtJwksUrl),
  jwtIssuer: (config) => (isJwtUsed(config) ? jwtNames(config).issuer : config.jwtIssuer),
  jwtAudience: (config) => (isJwtUsed(config) ? jwtNames(config).audience : config.jwtAudience),
  ttlDefault: (config) => livesOf(config).default,
  redisUrl: ({ redisUrl }) => redisUrl && withoutPassword(redisUrl.reveal()),
}

/**
 * Returns the effective settings as JSON for people, with defaults and with what a module replaces. Of secrets it
 * shows only whether they are set, of certificates the key ids, and of URLs the parts that cannot be secret.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when the project is missing or invalid
 */
export async function showConfig({ config, options, env }: Setup): Promise<string> {
  const isOwn = options['project'] !== undefined
  const projects = isOwn ? 'own' : await shownProjects(readProject(config, env, () => {}))
  const settings = SETTING_NAMES.map((name) => [
    SETTINGS[name].variable,
    show(name, config, options),
  ])
  const all = { projects, settings: Object.fromEntries(settings), options: Object.keys(options) }
  return redactSecrets(JSON.stringify(all, null, 2))
}

function show(name: keyof Config, config: Config, options: Setup['options']): unknown {
  const { option, unset = 'not set' }: Setting<unknown> = SETTINGS[name]
  if (option !== undefined && options[option] !== undefined) {
    return `replaced by ${option} of the config file`
  }
  const value = (SHOWN[name] ?? (() => config[name]))(config)
  return isSecret(value) ? '[set]' : (value ?? unset)
}

function isJwtUsed({ jwtSecret, jwtJwksUrl }: Config): boolean {
  return jwtSecret !== undefined || jwtJwksUrl !== undefined
}

// Also without the query, where some providers put the password.
function withoutPassword(text: string): string {
  if (!/^(https?|rediss?):\/\//.test(text) || !URL.canParse(text)) return '[not a URL]'
  const { protocol, host, pathname } = new URL(text)
  return `${protocol}//${host}${pathname}`
}
