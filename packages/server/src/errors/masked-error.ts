import { codeOf, isA, kindOf, memberOf, textOf } from './thrown.ts'
import { hideSecrets } from './redact-secrets.ts'

const MAX_CAUSES = 4

/**
 * Copies an error of the app's own code and masks anything that could be a certificate (runs of 8 or more
 * hexadecimal digits) or a credential for fetching it: values after `Bearer` and `Basic`, user and password of a
 * URL, query strings, and Vault tokens. Only the member `code` is kept, because HTTP clients attach the request to
 * their errors, with the vault's token in it. For a value that cannot be read, only its type is given.
 *
 * @internal
 */
export function maskedError(error: unknown, causes: number = MAX_CAUSES): Error {
  if (typeof error === 'string') return new Error(hideSecrets(error))
  if (!isA(error, Error)) return new Error(`a value of type ${typeof error}`)
  const copy = new Error(hideSecrets(textOf(error, 'message') ?? kindOf(error)))
  copy.name = hideSecrets(textOf(error, 'name') ?? copy.name)
  copy.stack = hideSecrets(textOf(error, 'stack') ?? '')
  const cause = memberOf(error, 'cause')
  if (cause !== undefined && causes > 0) copy.cause = maskedError(cause, causes - 1)
  const code = codeOf(error, '')
  return code === '' ? copy : Object.assign(copy, { code: hideSecrets(code) })
}
