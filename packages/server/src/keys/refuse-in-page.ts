/**
 * Refuses to hold certificates where there is a page: whoever opens it could read them and sign
 * tokens for everybody.
 *
 * @internal
 * @throws {TypeError}
 */
export function refuseInPage(): void {
  // Both, since some server runtimes define a `window` of their own.
  if (!('document' in globalThis && 'window' in globalThis)) return
  throw new TypeError(
    'certificates do not belong in a page: a server expected, got a global window with a document',
  )
}
