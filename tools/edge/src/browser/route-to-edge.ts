import { isAgoraHost } from '../platform/agora-hosts.ts'

/** Where the stand-in edge is mounted. */
export interface EdgeRoute {
  /** Default the page's own origin. */
  readonly origin?: string
  /** Path under which hosts appear as the first segment. Default `/edge`. */
  readonly prefix?: string
}

/**
 * Sends what the SDK says to Agora's hosts to a stand-in instead: WebSockets, XMLHttpRequests,
 * fetches and beacons. All other addresses stay as they are. Call it before the SDK loads, because
 * the SDK keeps references of its own. Returns the function that undoes it.
 */
export function routeToEdge({
  origin = location.origin,
  prefix = '/edge',
}: EdgeRoute = {}): () => void {
  const reroute: Reroute = (url) => edgeUrl(url, origin, prefix)
  const undo = [
    routeWebSocket(reroute),
    routeXmlHttpRequest(reroute),
    routeFetch(reroute),
    routeBeacon(reroute),
  ]
  return () => undo.forEach((restore) => restore())
}

/** The address of a platform URL on the stand-in; `undefined` for every other URL. */
export function edgeUrl(url: string | URL, origin: string, prefix: string): string | undefined {
  if (!URL.canParse(url, origin)) return undefined
  const { protocol, hostname, pathname, search } = new URL(url, origin)
  if (!isAgoraHost(hostname)) return undefined
  const here = protocol.startsWith('ws') ? origin.replace(/^http/, 'ws') : origin
  return `${here}${prefix}/${hostname}${pathname}${search}`
}

/** The new address, or `undefined` for one that stays as it is. */
type Reroute = (url: string | URL) => string | undefined

// A proxy and not a subclass: constants, instanceof and the instances themselves stay the browser's.
function routeWebSocket(reroute: Reroute): () => void {
  return replace(
    globalThis,
    'WebSocket',
    (original) =>
      new Proxy(original, {
        construct: (target, [url, ...rest]: [string | URL, ...unknown[]], newTarget) =>
          Reflect.construct(target, [reroute(url) ?? url, ...rest], newTarget),
      }),
  )
}

function routeXmlHttpRequest(reroute: Reroute): () => void {
  return replace(
    XMLHttpRequest.prototype,
    'open',
    (original) =>
      new Proxy(original, {
        apply: (target, request, [method, url, ...rest]: [string, string | URL, ...unknown[]]) =>
          Reflect.apply(target, request, [method, reroute(url) ?? url, ...rest]),
      }),
  )
}

function routeFetch(reroute: Reroute): () => void {
  return replace(globalThis, 'fetch', (original) => async (input, init) => {
    const there = reroute(input instanceof Request ? input.url : input)
    if (there === undefined) return original(input, init)
    return original(input instanceof Request ? await moveRequest(input, there) : there, init)
  })
}

// The body is read first: copied as a stream it would need HTTP/2, and demos are served over 1.1.
async function moveRequest(request: Request, url: string): Promise<Request> {
  const { method, headers, signal } = request
  const body = request.body === null ? null : await request.blob()
  return new Request(url, { method, headers, signal, body })
}

function routeBeacon(reroute: Reroute): () => void {
  return replace(
    navigator,
    'sendBeacon',
    (original) => (url, data) => original.call(navigator, reroute(url) ?? url, data),
  )
}

function replace<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  wrap: (original: Owner[Name]) => Owner[Name],
): () => void {
  const original = owner[name]
  owner[name] = wrap(original)
  return () => void (owner[name] = original)
}
