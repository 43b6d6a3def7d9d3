import { checkAppId } from '@rtc-token/core'

import { checkNamed } from '../keys/check-named.ts'
import type { KeyErrorSink } from '../keys/fault-report.ts'
import { fileKeys } from '../keys/file-keys.ts'
import { type KeyedProject, projectFromEnv } from '../project.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { Environment } from './read-config.ts'

const WANTED = 'AGORA_PROJECT="<App ID>:<App Certificate>"'

/**
 * The project to sign for: of `AGORA_PROJECT`, of `AGORA_APP_ID` and certificates in files, or of
 * `AGORA_APP_ID` and the variables that `envKeys` reads.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when there is none, or more than one
 */
export function readProject(config: Config, env: Environment, onError: KeyErrorSink): KeyedProject {
  const { project, appId, appCertificate, appCertificateFile } = config
  if (project) return projectOf(project.reveal(), config, env)
  if (appId === undefined) throw new ConfigError(`no project: ${WANTED} expected`)
  if (appCertificateFile === undefined) return projectFromEnv({ ...env, AGORA_APP_ID: appId })
  if (appCertificate) refuseBoth('AGORA_APP_CERTIFICATE_FILE', 'AGORA_APP_CERTIFICATE')
  return fileProject(config, appCertificateFile, onError)
}

function projectOf(text: string, config: Config, env: Environment): KeyedProject {
  const { appId, appCertificate, appCertificateFile } = config
  if (appId !== undefined) refuseBoth('AGORA_PROJECT', 'AGORA_APP_ID')
  if (appCertificate) refuseBoth('AGORA_PROJECT', 'AGORA_APP_CERTIFICATE')
  if (appCertificateFile !== undefined) refuseBoth('AGORA_PROJECT', 'AGORA_APP_CERTIFICATE_FILE')
  const [AGORA_APP_ID, AGORA_APP_CERTIFICATE] = text.split(':')
  if (AGORA_APP_ID === AGORA_APP_CERTIFICATE) {
    throw new ConfigError('AGORA_PROJECT: the App Certificate is the same as the App ID')
  }
  return projectFromEnv({ ...env, AGORA_APP_ID, AGORA_APP_CERTIFICATE })
}

function fileProject(config: Config, primary: string, onError: KeyErrorSink): KeyedProject {
  const { appCertificateSecondary, appCertificateSecondaryFile: secondary, signWith } = config
  if (appCertificateSecondary) {
    refuseBoth('AGORA_APP_CERTIFICATE_FILE', 'AGORA_APP_CERTIFICATE_SECONDARY')
  }
  const keys = fileKeys({
    primary,
    ...(secondary === undefined ? {} : { secondary }),
    ...(signWith ? { sign: signWith } : {}),
    onError,
  })
  return { appId: checkNamed(config.appId, checkAppId, 'AGORA_APP_ID'), keys }
}

function refuseBoth(one: string, other: string): never {
  throw new ConfigError(`${one} and ${other} are both set: only one expected`)
}
