/** A parsed request target. @internal */
export interface Target {
  /** The host of an absolute URL, as proxies send it and as `Request.url` has it; otherwise `undefined`. */
  readonly authority: string | undefined
  readonly path: string
  /** Without the `?`. */
  readonly query: string
}

/** The endpoint that a request target matches, with the values in its path. @internal */
export interface Match<E> {
  readonly endpoint: E
  readonly values: readonly string[]
  readonly query: string
}

/** An endpoint and the end of its path, such as `/v1/tokens` or `/rtm/:user`. @internal */
export interface Route<E> {
  readonly path: string
  readonly endpoint: E
}

const NO_VALUES: readonly string[] = []
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

// Nearly every request has the host of the one before, and parsing it takes 1 to 6 µs: 3 % of a request with 32
// connections, 6 % with one.
let knownHost: string | undefined

/** Whether a string is the host of a URL, with or without a port. @internal */
export function isHost(text: string): boolean {
  if (text === knownHost) return true
  const isValid = HOST.test(text) && URL.canParse(`http://${text}/`)
  if (isValid) knownHost = text
  return isValid
}

/**
 * Finds the endpoint of a target. Only the end of the path counts, because frameworks differ in whether
 * they strip the prefix that they mount at. The host does not count.
 *
 * @internal
 */
export function findRoute<E>(
  routes: readonly Route<E>[],
  { path, query }: Target,
): Match<E> | undefined {
  for (const route of routes) {
    const values = valuesOf(route.path, path)
    if (values) return { endpoint: route.endpoint, values, query }
  }
  return undefined
}

function valuesOf(pattern: string, path: string): readonly string[] | undefined {
  // The usual case, without splitting the path.
  if (!pattern.includes(':')) return path.endsWith(pattern) ? NO_VALUES : undefined
  const wanted = pattern.slice(1).split('/')
  const given = path.replace(/\/$/, '').split('/').slice(-wanted.length)
  const values: string[] = []
  for (const [index, segment] of wanted.entries()) {
    const text = given[index]
    if (text === undefined || (!segment.startsWith(':') && segment !== text)) return undefined
    if (segment.startsWith(':')) values.push(decoded(text))
  }
  return values
}

// A segment that is not valid escaped UTF-8 must not be used undecoded, because `%` is allowed in names.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return '\u{fffd}'
  }
}
