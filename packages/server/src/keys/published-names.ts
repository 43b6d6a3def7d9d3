import { TokenError } from '@rtc-token/core'

/**
 * The prefixes of variables that bundlers copy into pages: Next, Vite, Create React App, Astro and SvelteKit, Expo,
 * Nuxt, Gatsby and Vue CLI.
 */
export const PUBLISHED_PREFIXES: readonly string[] = [
  'NEXT_PUBLIC_',
  'VITE_',
  'REACT_APP_',
  'PUBLIC_',
  'EXPO_PUBLIC_',
  'NUXT_PUBLIC_',
  'GATSBY_',
  'VUE_APP_',
]

const HEX_32 = /[0-9a-f]{32}/

/**
 * Refuses variables that a bundler copies into pages if they contain a certificate: by their name, or because the value
 * contains one of the given certificates.
 *
 * @internal
 * @throws {TokenError} APP_CERTIFICATE_INVALID, which names the variable
 */
export function refusePublishedNames(env: object, certificates: readonly unknown[]): void {
  const secrets = certificates.filter(isFilled).map((secret) => secret.trim().toLowerCase())
  for (const [name, value] of Object.entries(env)) {
    const prefix = PUBLISHED_PREFIXES.find((start) => name.startsWith(start))
    if (prefix === undefined || !isFilled(value)) continue
    const text = value.toLowerCase()
    const isNamedSo = /CERT/i.test(name) && HEX_32.test(text)
    if (isNamedSo || secrets.some((secret) => text.includes(secret))) fail(name, prefix)
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function fail(name: string, prefix: string): never {
  const fault = `holds a certificate, and bundlers publish ${prefix}* in pages`
  const remedy = 'use AGORA_APP_CERTIFICATE, and replace the certificate if it was ever published'
  throw new TokenError('APP_CERTIFICATE_INVALID', `${name} ${fault}; ${remedy}`)
}

/**
 * Refuses to run in a page, where any visitor could read the certificates and sign tokens for any user.
 *
 * @internal
 * @throws {TypeError}
 */
export function refuseInPage(): void {
  // Checks both, because some server runtimes define a `window`.
  if (!('document' in globalThis && 'window' in globalThis)) return
  throw new TypeError(
    'certificates do not belong in a page: a server expected, got a global window with a document',
  )
}
