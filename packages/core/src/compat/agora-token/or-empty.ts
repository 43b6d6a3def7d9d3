import { isTokenError } from '../../errors.ts'
import { checkProject } from '../../builders/draft.ts'

/**
 * Builds a token, or gives `''` when App ID or App Certificate are not 32 hexadecimal digits: what
 * agora-token answers then, without looking at the other arguments.
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
