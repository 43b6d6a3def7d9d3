import type { Authenticator } from './authenticator.ts'
import { sha256Hex } from '@rtc-token/core'

import { isHeaderName, kind, optional, own, readMembers } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'
import { bearerTokenOf } from './bearer-token.ts'
import { checkSecrets, equalText } from './check-secrets.ts'

/** Options of {@link sharedSecret}. */
export interface SharedSecretOptions<S> {
  /** At least one secret of at least 32 characters. All are valid at once, so that one can replace another. */
  readonly secrets: readonly string[]
  /** The subject of every caller that sends one of the secrets. */
  readonly subject: S
  /** The header that contains the secret. Default `'authorization'`, where the secret follows `Bearer`. */
  readonly header?: string
}

const BEARER_TEXT = /^[A-Za-z0-9._~+/-]+=*$/
const HEADER_TEXT = /^[\x21-\x2b\x2d-\x7e]+$/ // visible ASCII without the comma that joins two headers

const WORDING = { whole: 'sharedSecret options', member: 'sharedSecret ' }
const OPTIONS = {
  secrets: own((secrets: readonly string[]) => secrets),
  subject: kind('an object or a string', Boolean),
  header: optional(kind('header name', isHeaderName), 'authorization'),
}

/**
 * Authenticates a backend by a shared secret. Every caller with the secret becomes the subject, so keep it on servers.
 * The time of the comparison reveals nothing about a secret.
 *
 * @throws {TypeError} when an option is missing, unknown or malformed, or a secret is too short
 *
 * @example
 * sharedSecret({ secrets: [env.TOKEN_SERVER_SECRET], subject: { id: 'backend' } })
 */
export function sharedSecret<S>(options: SharedSecretOptions<S>): Authenticator<S> {
  const { secrets, subject, header } = readMembers(options, WORDING, OPTIONS)
  const isBearer = header.toLowerCase() === 'authorization'
  const text = isBearer ? BEARER_TEXT : HEADER_TEXT
  const digests = checkSecrets(secrets, 'sharedSecret secrets', text).map(sha256Hex)
  return (request) => {
    const sent = isBearer ? bearerTokenOf(request) : request.headers.get(header)
    if (!sent)
      return unauthenticated(request, 'no_credential', `The header ${header} holds no secret`)
    if (isAmong(digests, sha256Hex(sent))) return subject
    return unauthenticated(request, 'wrong_secret', 'The secret is not one of those accepted')
  }
}

function isAmong(digests: readonly string[], sent: string): boolean {
  return digests.filter((digest) => equalText(digest, sent)).length > 0
}
