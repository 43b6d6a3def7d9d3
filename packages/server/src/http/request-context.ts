/** What the host knows about a request in addition to the `Request`. */
export interface RequestContext {
  /** IP address of the caller, for limits and the policy. The handler never reads it from a header itself. */
  readonly ip?: string | undefined
  /** A body that the host has already read: parsed JSON, or a string or bytes. */
  readonly parsedBody?: unknown
  /**
   * Reads the body more cheaply than `request.body`, synchronously if it has already arrived. Returns `undefined`
   * for a body of more than `maxBytes`.
   */
  readonly readBody?:
    | ((maxBytes: number) => Uint8Array | undefined | Promise<Uint8Array | undefined>)
    | undefined
  /** Whether the caller has disconnected, for hosts where `request.signal` is expensive. */
  readonly isGone?: (() => boolean) | undefined
  /** Keeps the host alive until a promise settles, for work after the reply. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
}

/** The context that adapters pass, with the two raw strings that form the URL of a request. */
export interface HostContext extends RequestContext {
  /** The request target: path and query, or an absolute URL. Default: `request.url`. */
  readonly target?: string | undefined
  /** The header `host`. Default: from the request. */
  readonly host?: string | undefined
}

/** Any other second argument that a host passes to `fetch`, such as the bindings of a Worker. It is ignored. */
export type ForeignContext = object | null

const MEMBERS = {
  ip: true,
  parsedBody: true,
  readBody: true,
  isGone: true,
  waitUntil: true,
} as const satisfies Record<keyof RequestContext, true>

/**
 * Returns the argument if it is a context made for this handler. Hosts also pass other objects here, such as the
 * bindings of a Worker, route parameters or Bun's server: if any member is unknown, the whole object is ignored.
 * A binding named `ip` must not become the address of every caller.
 *
 * @internal
 */
export function ownContext(given: RequestContext | ForeignContext | undefined): RequestContext {
  if (typeof given !== 'object' || given === null) return {}
  return Object.keys(given).every((name) => Object.hasOwn(MEMBERS, name)) ? given : {}
}
