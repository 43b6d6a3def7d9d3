import { redactSecrets } from '../telemetry/redact-secrets.ts'
import type { Config } from './config.ts'
import { jwtNames } from './jwt-authenticator.ts'
import { readProject } from './read-project.ts'
import { isSecret } from './secret.ts'
import { SETTING_NAMES, SETTINGS } from './settings-table.ts'
import type { Setup } from './setup.ts'
import { shownProjects } from './start-report.ts'

/**
 * The settings as they hold, as JSON for people: secrets only as being set, certificates as the ids of
 * their keys, URLs without what may be secret in them.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when there is no project or it is at fault
 */
export async function showConfig({ config, options, env }: Setup): Promise<string> {
  const isOwn = options['project'] !== undefined
  const projects = isOwn ? 'own' : await shownProjects(readProject(config, env, () => {}))
  const names = config.jwtSecret || config.jwtJwksUrl !== undefined ? jwtNames(config) : undefined
  const shown = SETTING_NAMES.map((name) => [SETTINGS[name].variable, show(name, config)])
  const all = {
    projects,
    ...(names && { jwt: names }),
    settings: Object.fromEntries(shown),
    options: Object.keys(options),
  }
  return redactSecrets(JSON.stringify(all, null, 2))
}

function show(name: keyof Config, config: Config): unknown {
  const value = config[name]
  if (name === 'redisUrl' && isSecret(value)) return withoutPassword(value.reveal())
  if (name === 'jwtJwksUrl' && typeof value === 'string') {
    return value.startsWith('https://') && URL.canParse(value)
      ? withoutPassword(value)
      : '[no https URL]'
  }
  if (name === 'appId' && typeof value === 'string') return `…${value.slice(-4)}`
  return isSecret(value) ? '[set]' : (value ?? null)
}

// Without the query too: some providers put the password there.
function withoutPassword(text: string): string {
  const { protocol, host, pathname } = new URL(text)
  return `${protocol}//${host}${pathname}`
}
