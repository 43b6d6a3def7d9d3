/** A parsed request target. @internal */
export interface Target {
  /** The host of an absolute URL, as proxies send it and as `Request.url` has it; otherwise `undefined`. */
  readonly authority: string | undefined
  readonly path: string
  /** Without the `?`. */
  readonly query: string
}

const PARTS = /^(?:[a-z][a-z\d+.-]*:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i
// The host syntax of RFC 3986; `new URL()` would read `a/b` as a host and a path.
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i

/**
 * Parses a request target without `new URL()`, which throws for an invalid host and resolves `/x/..` to another
 * path. Accepts every string.
 *
 * @internal
 */
export function readTarget(text: string): Target {
  const [, authority, path = '', query = ''] = PARTS.exec(text) ?? []
  return { authority, path, query }
}

/**
 * Whether a target and the header `host` form a valid URL, so that a hook can call `new URL(request.url)`. A host
 * that is missing or empty is that of the connection.
 *
 * @internal
 */
export function isReadable({ authority, path }: Target, host: string | null | undefined): boolean {
  if (host && !isHost(host)) return false
  return authority === undefined ? path.startsWith('/') || path === '*' : isHost(authority)
}

/** Whether a string is the host of a URL, with or without a port. @internal */
export function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}/`)
}
