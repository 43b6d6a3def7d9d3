import { randomBytes } from 'node:crypto'
import { type Project, projectFromEnv } from '@rtc-token/server'

/** The project that the demo mints for, and who judges its tokens. */
export type ChosenProject =
  | {
      readonly project: Project
      /** Agora's cloud judges its tokens. */
      readonly isCloud: true
    }
  | {
      /** With its certificate, since the stand-in on this machine judges its tokens. */
      readonly project: Extract<Project, { readonly appCertificate: string }>
      readonly isCloud: false
    }

/**
 * Takes the project of the environment when one of its two variables is set, else makes one up that
 * lasts until the demo stops.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID; the message names the variable
 */
export function chooseProject(env: Readonly<Record<string, string | undefined>>): ChosenProject {
  if (env['AGORA_APP_ID'] || env['AGORA_APP_CERTIFICATE']) {
    return { project: projectFromEnv(env), isCloud: true }
  }
  return { project: { appId: hex32(), appCertificate: hex32() }, isCloud: false }
}

function hex32(): string {
  return randomBytes(16).toString('hex')
}
