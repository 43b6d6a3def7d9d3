/**
 * Refuses to hold certificates in a page: any visitor could read them and sign tokens for any user.
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
