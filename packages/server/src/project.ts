import { checkAppCertificate, checkAppId, isTokenError, TokenError } from '@rtc-token/core'

/** An Agora project: its public id, and the secret that signs its tokens. */
export interface Project {
  /** 32 hexadecimal digits. Public. */
  readonly appId: string
  /** 32 hexadecimal digits. Secret. */
  readonly appCertificate: string
}

/** The variables that {@link projectFromEnv} reads. */
export interface ProjectEnv {
  readonly AGORA_APP_ID?: string | undefined
  readonly AGORA_APP_CERTIFICATE?: string | undefined
}

/**
 * Reads the project from `AGORA_APP_ID` and `AGORA_APP_CERTIFICATE` of the record given, such as
 * `process.env` or the bindings of a Worker. The error names the variable and says what is wrong
 * with its value without repeating any of it.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function projectFromEnv(env: ProjectEnv): Project {
  return checkProject(
    { appId: env.AGORA_APP_ID, appCertificate: env.AGORA_APP_CERTIFICATE },
    { appId: 'AGORA_APP_ID', appCertificate: 'AGORA_APP_CERTIFICATE' },
  )
}

/**
 * Returns the project when both values have the right form and differ from each other. The names
 * are what the errors call the values.
 *
 * @internal
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function checkProject(
  values: { readonly appId?: unknown; readonly appCertificate?: unknown },
  names: Readonly<Record<keyof Project, string>>,
): Project {
  const appId = checkNamed(values.appId, checkAppId, names.appId)
  const appCertificate = checkNamed(
    values.appCertificate,
    checkAppCertificate,
    names.appCertificate,
  )
  if (appCertificate !== appId) return { appId, appCertificate }
  const fault = `is the same as ${names.appId}`
  throw new TokenError('APP_CERTIFICATE_INVALID', `${names.appCertificate} ${fault}`)
}

function checkNamed(value: unknown, check: (value: unknown) => string, name: string): string {
  try {
    return check(value)
  } catch (error) {
    if (!isTokenError(error)) throw error
    throw new TokenError(error.code, `${name} ${hexFault(value)}`)
  }
}

// Core's message speaks of "the App Certificate"; whoever starts a server looks for the variable.
function hexFault(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'is not set'
  if (typeof value !== 'string') return `is of type ${typeof value}, text expected`
  if (value !== value.trim()) return 'starts or ends with white space'
  if (value.length !== 32) return `has ${value.length} characters, 32 hexadecimal digits expected`
  return 'has characters other than 0-9, a-f and A-F'
}
