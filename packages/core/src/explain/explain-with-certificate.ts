import { isTokenError } from '../errors.ts'
import { describe, isHex32 } from '../checks/checks.ts'
import type { DecodedToken } from '../token/decode-token.ts'
import { verifyToken } from '../token/verify-token.ts'
import { explainFurther, type Explanation } from './explain-token.ts'
import type { Expected, ExplainExpectations } from './expectations.ts'
import { fatal, type FindingKind, type SignatureCode, warning } from './finding-kinds.ts'

/** The findings that need a certificate. They are not in bundles of ./inspect, which uses none. */
const SIGNATURE_KINDS: Readonly<Record<SignatureCode, FindingKind>> = {
  APP_CERTIFICATE_INVALID: warning('Copy the primary certificate from the console.', 110),
  APP_ID_IS_CERTIFICATE: fatal(
    'Swap them where tokens are made, and replace the certificate in the console: it is in every token.',
    101,
    110,
  ),
  SIGNATURE_MISMATCH: fatal('Sign with the certificate of the project of this App ID.'),
  SIGNATURE_UNCHECKED: warning('Give the channel and the user, or the userId, that it is for.'),
}

/** The values that the client uses a token with, and the App Certificate. */
export interface ExplainOptions extends ExplainExpectations {
  /** 32 hexadecimal digits. No explanation contains it. Default: the signature is not checked. */
  readonly appCertificate?: string
}

/**
 * Explains why a token is refused: compares it with the values that the client uses and, if you pass the App
 * Certificate, checks its signature. Each finding says what is wrong and what to change. It never throws, not
 * even for a string that is not a token.
 *
 * @example
 * ```ts
 * const { findings } = explainToken(token, { appId, appCertificate, channel: 'room-42', uid: 1234 })
 * for (const { severity, message, remedy } of findings) console.log(severity, message, remedy)
 * ```
 */
export function explainToken(token: string, options: ExplainOptions = {}): Explanation {
  const { appCertificate, ...given } = options
  const explanation = explainFurther(token, given, (findings, text, decoded, expected) => {
    if (appCertificate === undefined) return []
    const found = explainSignature(text, decoded, expected, appCertificate)
    if (found) findings.push({ code: found[0], message: found[1], ...SIGNATURE_KINDS[found[0]] })
    return ['signature']
  })
  return withoutCertificate(explanation)
}

/** Explanations end up in logs and on pages, and in a token made with swapped values the App ID is the secret. */
function withoutCertificate(explanation: Explanation): Explanation {
  const isSwapped = explanation.findings.some(({ code }) => code === 'APP_ID_IS_CERTIFICATE')
  if (explanation.kind !== 'token' || !isSwapped) return explanation
  return { ...explanation, decoded: { ...explanation.decoded, appId: '' } }
}

type Found = readonly [code: SignatureCode, message: string]

function explainSignature(
  token: string,
  decoded: DecodedToken,
  expected: Expected,
  appCertificate: unknown,
): Found | undefined {
  if (!isHex32(appCertificate)) {
    const message = `Expected an App Certificate of 32 hexadecimal digits, got ${describe(appCertificate)}.`
    return ['APP_CERTIFICATE_INVALID', message]
  }
  if (decoded.appId.toLowerCase() === appCertificate.toLowerCase()) {
    const message =
      'Expected an App ID in the token, got the given App Certificate: the two were swapped, and the secret is readable in the token.'
    return ['APP_ID_IS_CERTIFICATE', message]
  }
  try {
    verifyToken(token, { ...signedFor(decoded, expected), appCertificate })
    return undefined
  } catch (error) {
    return failureOf(isTokenError(error) ? error.code : '', decoded)
  }
}

/** A 006 token can be verified only with the names that it was signed for; a 007 token needs none. */
function signedFor(decoded: DecodedToken, { channel = '', user = '', userId = user }: Expected) {
  if (decoded.version === '007') return {}
  if ('rtmLogin' in decoded.privileges && channel === '') return { userId }
  return { channel, account: decoded.userCrc32 === 0 ? 'any' : user }
}

function failureOf(code: string, { version }: DecodedToken): Found | undefined {
  if (code === 'SIGNATURE_INVALID') {
    const message =
      'Expected a signature by the given App Certificate, got another: the token was signed with another certificate, or changed since.'
    return ['SIGNATURE_MISMATCH', message]
  }
  // verifyToken checks the time after the signature, so an error about time means a good signature.
  if (version === '007' || code.startsWith('TOKEN_')) return undefined
  const message =
    'A 006 signature can be checked only with the right channel and user; it was not checked.'
  return ['SIGNATURE_UNCHECKED', message]
}
