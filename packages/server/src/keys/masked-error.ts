import { maskUrlCredentials } from '../url-credentials.ts'

const MAX_CAUSES = 4

// Runs of 8 digits and not only of 32: parsers quote the first dozen characters of what they choke on.
const HEX = /[0-9a-f]{8,}/gi
const SCHEME_VALUE = /(bearer|basic)( +)\S+/gi
const URL_QUERY = /\?\S+/g
const VAULT_TOKEN = /hv[sbr]\.[\w-]+/gi

/**
 * Copies what a stranger threw, masking whatever could be a certificate: runs of 8 or more hexadecimal
 * digits. And what it was fetched with: values after `Bearer` and `Basic`, user and password of a URL,
 * what follows a `?`, and tokens of Vault. Of its members, only `code` is kept: HTTP clients hang the
 * request on their errors, with the vault's token in it.
 *
 * @internal
 */
export function maskedError(error: unknown, causes: number = MAX_CAUSES): Error {
  if (!(error instanceof Error)) {
    return new Error(typeof error === 'string' ? mask(error) : `a value of type ${typeof error}`)
  }
  const cause = error.cause === undefined || causes === 0 ? {} : { cause: error.cause }
  const copy = new Error(mask(error.message), cause)
  if ('cause' in copy) copy.cause = maskedError(copy.cause, causes - 1)
  copy.name = mask(error.name)
  copy.stack = mask(error.stack ?? '')
  return 'code' in error ? Object.assign(copy, { code: mask(String(error.code)) }) : copy
}

function mask(text: string): string {
  return maskUrlCredentials(text, '[hidden]')
    .replace(URL_QUERY, '?[hidden]')
    .replace(SCHEME_VALUE, '$1$2[hidden]')
    .replace(VAULT_TOKEN, '[hidden]')
    .replace(HEX, '[hidden]')
}
