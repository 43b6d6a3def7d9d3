/** What a request line asks for, taken apart. @internal */
export interface Target {
  /** Of the absolute form, as proxies send it and a `Request` has it; `undefined` where there is none. */
  readonly authority: string | undefined
  readonly path: string
  /** Without the `?`. */
  readonly query: string
}

const PARTS = /^(?:[a-z][a-z\d+.-]*:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i
// As RFC 3986 has it: a parser of URLs would read `a/b` as a host and a path.
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i

/**
 * Takes a request target apart, without making a URL of it: a parser of URLs throws for a host that is
 * none, and what it makes of `/x/..` is not what was asked for. Reads every text.
 *
 * @internal
 */
export function readTarget(text: string): Target {
  const [, authority, path = '', query = ''] = PARTS.exec(text) ?? []
  return { authority, path, query }
}

/**
 * Whether a URL can be made of a target and the header `host`, so that hooks which do get one. A host
 * that is absent or empty is that of the connection.
 *
 * @internal
 */
export function isReadable({ authority, path }: Target, host: string | null | undefined): boolean {
  if (host && !isHost(host)) return false
  return authority === undefined ? path.startsWith('/') || path === '*' : isHost(authority)
}

/** Whether a text is a host of a URL, with or without a port. @internal */
export function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}/`)
}
