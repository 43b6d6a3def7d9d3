import { isTokenError } from '../errors.ts'
import { describe } from '../checks/checks.ts'
import type { DecodedToken } from '../token/decode-token.ts'
import { verifyToken } from '../token/verify-token.ts'
import { explainFurther, type Explanation } from './explain-token.ts'
import type { ExplainExpectations } from './expectations.ts'
import { type Finding, finding } from './finding.ts'

/** What to compare a token with, the signature included. */
export interface ExplainOptions extends ExplainExpectations {
  /** 32 hexadecimal digits. Compares the signature; no finding repeats it. */
  readonly appCertificate?: string
}

/**
 * Answers "why is it refused?": compares a token with what the client joins with, and its signature
 * with the App Certificate if one is given, and says in plain words what is wrong and what to change.
 * Never throws, not even for a string that is not a token.
 *
 * @example
 * ```ts
 * const { findings } = explainToken(token, { appId, appCertificate, channel: 'room-42', uid: 1234 })
 * for (const { severity, message, remedy } of findings) console.log(severity, message, remedy)
 * ```
 */
export function explainToken(token: string, options: ExplainOptions = {}): Explanation {
  const { appCertificate, ...expected } = options
  return explainFurther(token, expected, (text, decoded) =>
    appCertificate === undefined ? [] : explainSignature(text, decoded, options, appCertificate),
  )
}

function explainSignature(
  token: string,
  decoded: DecodedToken,
  options: ExplainOptions,
  appCertificate: string,
): Finding[] {
  try {
    verifyToken(token, { ...signedFor(decoded, options), appCertificate })
    return []
  } catch (error) {
    return nameFailure(isTokenError(error) ? error.code : '', decoded, appCertificate)
  }
}

/** A 006 token can only be verified with channel and user; a 007 token needs neither. */
function signedFor(decoded: DecodedToken, { channel = '', uid, account = '' }: ExplainOptions) {
  if (decoded.version === '007') return {}
  if (decoded.userCrc32 === 0) return { channel, account: 'any' }
  return { channel, ...(uid ? { uid } : { account }) }
}

function nameFailure(code: string, { version }: DecodedToken, appCertificate: unknown): Finding[] {
  if (code === 'APP_CERTIFICATE_INVALID') {
    const message = `An App Certificate of 32 hexadecimal digits was expected, ${describe(appCertificate)} arrived.`
    return [finding('APP_CERTIFICATE_INVALID', message)]
  }
  if (code === 'SIGNATURE_INVALID') {
    const message =
      'A signature by the given App Certificate was expected, another arrived: signed with another certificate, or changed since.'
    return [finding('SIGNATURE_MISMATCH', message)]
  }
  // verifyToken checks the time after the signature, so an error about time means a good signature.
  if (version === '007' || code.startsWith('TOKEN_')) return []
  const message = 'A 006 signature can be compared for the right channel and user only; it was not.'
  return [finding('SIGNATURE_UNCHECKED', message)]
}
