import { textOf } from '../../builders/builder-arguments.ts'
import type { Project } from '../../builders/draft.ts'

/**
 * Returns App ID and App Certificate unchanged: the original signs with any string, and tests of programs
 * that use it rely on made-up ones.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID when they are not strings
 */
export function projectOf(appId: unknown, appCertificate: unknown): Project {
  return {
    appId: textOf(appId, 'APP_ID_INVALID', 'App ID'),
    appCertificate: textOf(appCertificate, 'APP_CERTIFICATE_INVALID', 'App Certificate'),
  }
}
