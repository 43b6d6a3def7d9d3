import { isA, kindOf, memberOf, textOf } from './thrown.ts'
import { maskUrlCredentials } from './url-credentials.ts'

const MAX_CAUSES = 4

// Runs of 8 digits, not only of 32: parsers quote the first dozen characters of invalid input.
const HEX = /[0-9a-f]{8,}/gi
const SCHEME_VALUE = /(bearer|basic)( +)\S+/gi
const URL_QUERY = /\?\S+/g
const VAULT_TOKEN = /hv[sbr]\.[\w-]+/gi

/**
 * Copies an error of the app's own code and masks anything that could be a certificate (runs of 8 or more
 * hexadecimal digits) or a credential for fetching it: values after `Bearer` and `Basic`, user and password of a
 * URL, query strings, and Vault tokens. Only the member `code` is kept, because HTTP clients attach the request to
 * their errors, with the vault's token in it. For a value that cannot be read, only its type is given.
 *
 * @internal
 */
export function maskedError(error: unknown, causes: number = MAX_CAUSES): Error {
  if (typeof error === 'string') return new Error(mask(error))
  if (!isA(error, Error)) return new Error(`a value of type ${typeof error}`)
  const copy = new Error(mask(textOf(error, 'message') ?? kindOf(error)))
  copy.name = mask(textOf(error, 'name') ?? copy.name)
  copy.stack = mask(textOf(error, 'stack') ?? '')
  const cause = memberOf(error, 'cause')
  if (cause !== undefined && causes > 0) copy.cause = maskedError(cause, causes - 1)
  const code = memberOf(error, 'code')
  return isPrintable(code) ? Object.assign(copy, { code: mask(String(code)) }) : copy
}

function isPrintable(code: unknown): boolean {
  return typeof code === 'string' || typeof code === 'number'
}

function mask(text: string): string {
  return maskUrlCredentials(text, '[hidden]')
    .replace(URL_QUERY, '?[hidden]')
    .replace(SCHEME_VALUE, '$1$2[hidden]')
    .replace(VAULT_TOKEN, '[hidden]')
    .replace(HEX, '[hidden]')
}
