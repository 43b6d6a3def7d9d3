import { checkAppCertificate, checkAppId, TokenError } from '@rtc-token/core'

import { certificateKeys } from './certificate-keys.ts'
import { checkNamed } from './check-named.ts'
import { envKeys, type EveryVariable, type KeysEnv } from './env-keys.ts'
import type { KeyRing } from './key-ring.ts'
import { ringFor } from './ring-for.ts'

/** An Agora project: its public id, and the secret that signs its tokens or a ring of such. */
export type Project =
  | {
      /** 32 hexadecimal digits. Public. */
      readonly appId: string
      /** 32 hexadecimal digits. Secret. */
      readonly appCertificate: string
      readonly keys?: never
    }
  | {
      /** 32 hexadecimal digits. Public. */
      readonly appId: string
      /** Signs with one certificate and verifies with all, as a rotation needs it. */
      readonly keys: KeyRing
      readonly appCertificate?: never
    }

/** A project whose certificates are where no log and no JSON finds them. */
export interface KeyedProject {
  readonly appId: string
  readonly keys: KeyRing
}

/** The variables that {@link projectFromEnv} reads. */
export interface ProjectEnv extends KeysEnv {
  readonly AGORA_APP_ID?: string | undefined
}

/**
 * Reads the project from `AGORA_APP_ID`, `AGORA_APP_CERTIFICATE` and, during a rotation,
 * `AGORA_APP_CERTIFICATE_SECONDARY` of the record given, such as `process.env` or the bindings of a
 * Worker. The error names the variable and says what is wrong with its value without repeating any
 * of it.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function projectFromEnv(env: ProjectEnv | EveryVariable): KeyedProject {
  const appId = checkNamed(env.AGORA_APP_ID, checkAppId, 'AGORA_APP_ID')
  return { appId, keys: envKeys({ ...env }) }
}

/**
 * Returns the project with a ring of keys when its values have the right form.
 *
 * @internal
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function checkProject(project: Project, name: string): KeyedProject {
  const appId = checkNamed(project.appId, checkAppId, `${name}.appId`)
  if (project.keys) return { appId, keys: ringFor(project.keys, appId, `${name}.appId`) }
  const certificateName = `${name}.appCertificate`
  const certificate = checkNamed(project.appCertificate, checkAppCertificate, certificateName)
  if (certificate.toLowerCase() !== appId.toLowerCase()) {
    return { appId, keys: certificateKeys(certificate) }
  }
  throw new TokenError('APP_CERTIFICATE_INVALID', `${certificateName} is the same as ${name}.appId`)
}
