import { textOf } from '../../builders/builder-arguments.ts'
import type { Project } from '../../builders/draft.ts'

/**
 * Returns App ID and App Certificate as they are: the original signs with any text, and tests of
 * programs that use it do so with made-up ones.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID when they are not strings
 */
export function projectOf(appId: unknown, appCertificate: unknown): Project {
  return {
    appId: textOf(appId, 'APP_ID_INVALID', 'App ID'),
    appCertificate: textOf(appCertificate, 'APP_CERTIFICATE_INVALID', 'App Certificate'),
  }
}
