import { isTokenError } from '../../errors.ts'
import { checkProject } from '../../builders/draft.ts'

/**
 * Builds a token, or returns `''` when the App ID or the App Certificate is not 32 hexadecimal digits, like
 * agora-token, which then ignores the other arguments.
 */
export function orEmpty(appId: unknown, appCertificate: unknown, build: () => string): string {
  try {
    checkProject(appId, appCertificate)
  } catch (error) {
    if (isTokenError(error)) return ''
    throw error
  }
  return build()
}
