/**
 * User and password of an address, from `://` to the `@`, in a text or in a line of JSON. Passwords
 * that should be encoded and are not may hold `/`, `?`, `#` and `@`; a port and a path are none. The
 * length is bounded so that no text takes longer than its own length: each `://` would read it to its
 * end.
 *
 * @internal
 */
export const URL_CREDENTIALS: RegExp =
  /:\/\/(?:[^\s"\\/?#:@]*:(?!\d{1,5}[/?#])[^\s"\\]{1,1024}|[^\s"\\/?#]*)@/g
