import { checkAppCertificate, checkAppId, TokenError } from '@rtc-token/core'

import { APP_ID_NAMES, appIdName, CERTIFICATE_NAMES } from './env-names.ts'
import { certificateKeys } from './certificate-keys.ts'
import { checkNamed } from './check-named.ts'
import { envKeys, type EveryVariable, type KeysEnv } from './env-keys.ts'
import type { Key, KeyRing } from './key-ring.ts'
import { ringFor } from './ring-for.ts'
import { isThenable, withDeadline } from '../time/deadline.ts'
import { Refusal } from '../errors/refusal.ts'

/** An Agora project: its public id, and its certificate or a key ring. */
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
      /** A key ring, such as `envKeys(process.env)`. */
      readonly keys: KeyRing
      readonly appCertificate?: never
    }

/** A project with a key ring. Its certificates do not appear in logs or JSON. */
export interface KeyedProject {
  readonly appId: string
  readonly keys: KeyRing
}

/** The variables that {@link projectFromEnv} reads. */
export interface ProjectEnv extends KeysEnv {}

/**
 * Reads the project from an environment, such as `process.env` or the bindings of a Worker: `AGORA_APP_ID`,
 * `AGORA_APP_CERTIFICATE` and, during a rotation, `AGORA_APP_CERTIFICATE_SECONDARY`. The variables of Agora's own tools
 * work too: `NEXT_PUBLIC_AGORA_APP_ID` with `NEXT_AGORA_APP_CERTIFICATE`, and `APP_ID` with `APP_CERTIFICATE`.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID when a variable is not set or malformed, or two
 * variables contradict each other; the message names the variable and repeats nothing of its value
 * @throws {TypeError} in a page, or when `AGORA_SIGN_WITH` is invalid
 */
export function projectFromEnv(env: ProjectEnv | EveryVariable): KeyedProject {
  return { appId: appIdFromEnv(env), keys: envKeys({ ...env }) }
}

/**
 * Reads only the App ID from the variables that {@link projectFromEnv} reads.
 *
 * @throws {TokenError} APP_ID_INVALID when it is not set or malformed, or two variables contradict each other
 */
export function appIdFromEnv(env: ProjectEnv | EveryVariable): string {
  const name = appIdName(env)
  return checkNamed(env[name], checkAppId, name)
}

/** The variables that {@link projectFromEnv} reads. For each value, the first variable that is set is used. */
export const PROJECT_VARIABLES: {
  readonly appId: readonly string[]
  readonly certificate: readonly string[]
} = { appId: APP_ID_NAMES, certificate: CERTIFICATE_NAMES }

/**
 * Checks a project and returns it with a key ring.
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

/**
 * Returns the key that signs for a project.
 *
 * @internal
 * @throws {Refusal} not_configured when its key ring fails
 */
export function signerOf({ keys }: KeyedProject, timeoutMs: number): Key | Promise<Key> {
  return orNotConfigured(() => keys.signer(), timeoutMs)
}

/**
 * Returns the keys that may have signed previous tokens of a project.
 *
 * @internal
 * @throws {Refusal} not_configured when its key ring fails
 */
export function verifiersOf(
  { keys }: KeyedProject,
  timeoutMs: number,
): readonly Key[] | Promise<readonly Key[]> {
  return orNotConfigured(() => keys.verifiers(), timeoutMs)
}

function orNotConfigured<T>(load: () => T | Promise<T>, timeoutMs: number): T | Promise<T> {
  try {
    const answer = load()
    return isThenable(answer) ? inTime(answer, timeoutMs).catch(notConfigured) : answer
  } catch (error) {
    return notConfigured(error)
  }
}

function inTime<T>(answer: PromiseLike<T>, timeoutMs: number): Promise<T> {
  return withDeadline(timeoutMs, answer, (reject) =>
    reject(new Error(`the key ring did not answer within ${timeoutMs} ms`)),
  )
}

function notConfigured(cause: unknown): never {
  throw new Refusal('not_configured', undefined, { cause })
}
