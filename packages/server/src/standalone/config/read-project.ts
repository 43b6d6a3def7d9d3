import { checkAppId } from '@rtc-token/core'

import { isJsonObject } from '../../checks/kind.ts'
import { checkNamed } from '../../keys/check-named.ts'
import type { KeyErrorSink } from '../../errors/fault-report.ts'
import { fileKeys } from '../../keys/file-keys.ts'
import { refusePublishedNames } from '../../keys/published-names.ts'
import { readCertificate } from '../../keys/read-certificate.ts'
import { type KeyedProject, projectFromEnv } from '../../keys/project.ts'
import type { Config, Environment } from './config.ts'
import { ConfigError } from './config-error.ts'

const WANTED = 'AGORA_PROJECT="<App ID>:<App Certificate>"'

/**
 * Reads the project to sign for: from `AGORA_PROJECT`, from `AGORA_APP_ID` and certificates in files, or from
 * `AGORA_APP_ID` and the variables that `envKeys` reads.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when no project is set, or more than one, or a variable whose
 *   name a bundler publishes holds a certificate
 */
export function readProject(config: Config, env: Environment, onError: KeyErrorSink): KeyedProject {
  const { project, appId, appCertificate, appCertificateFile } = config
  if (appCertificateFile === undefined) refuseLoneSecondary(config)
  // `signWith` may come from the config file, which projectFromEnv does not read.
  const variables = { ...env, AGORA_SIGN_WITH: config.signWith }
  if (project) return projectOf(project.reveal(), config, variables)
  if (appId === undefined) throw new ConfigError(`no project: ${WANTED} expected`)
  if (appCertificateFile === undefined) return projectFromEnv({ ...variables, AGORA_APP_ID: appId })
  if (appCertificate) refuseBoth('AGORA_APP_CERTIFICATE_FILE', 'AGORA_APP_CERTIFICATE')
  const keyed = fileProject(config, appCertificateFile, onError)
  const paths = [appCertificateFile, config.appCertificateSecondaryFile]
  refusePublishedNames(
    env,
    paths.filter((path) => path !== undefined).map((path) => readCertificate(path)),
  )
  return keyed
}

/**
 * Refuses what {@link refusePublishedNames} refuses, also when a module provides the project.
 *
 * @internal
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 */
export function refusePublished(env: Environment, project: unknown): void {
  const members = isJsonObject(project) ? [project, ...Object.values(project)] : []
  refusePublishedNames(
    env,
    members.filter(isJsonObject).map(({ appCertificate }) => appCertificate),
  )
}

function refuseLoneSecondary({ appCertificateSecondaryFile }: Config): void {
  if (appCertificateSecondaryFile === undefined) return
  throw new ConfigError(
    'AGORA_APP_CERTIFICATE_SECONDARY_FILE: expected only with AGORA_APP_CERTIFICATE_FILE; with AGORA_APP_CERTIFICATE, set AGORA_APP_CERTIFICATE_SECONDARY',
  )
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
