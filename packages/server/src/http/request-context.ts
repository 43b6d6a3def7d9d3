/** What the host knows about a request beside the request itself. */
export interface RequestContext {
  /** Address of the caller, for limits and the policy. Never taken from a header by this package. */
  readonly ip?: string | undefined
  /** A body that the host has read already: parsed JSON, or its text or bytes. */
  readonly parsedBody?: unknown
  /**
   * Reads the body in a cheaper way than `request.body` offers, at once where all of it is there;
   * `undefined` when there are more than `maxBytes`.
   */
  readonly readBody?:
    | ((maxBytes: number) => Uint8Array | undefined | Promise<Uint8Array | undefined>)
    | undefined
  /** Whether the caller has hung up, where asking `request.signal` is dear. */
  readonly isGone?: (() => boolean) | undefined
  /** Keeps the host alive until a promise is settled, for what happens after the reply. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
}

/** What adapters know besides: the two texts that the URL of a request is made of, as they came. */
export interface HostContext extends RequestContext {
  /** Path and query, or the absolute form. Default: `request.url`. */
  readonly target?: string | undefined
  /** The header `host`. Default: that of the request. */
  readonly host?: string | undefined
}

/** What a host passes beside a request when it calls `fetch` by itself: not ours, and not looked at. */
export type ForeignContext = object | null

const MEMBERS = {
  ip: true,
  parsedBody: true,
  readBody: true,
  isGone: true,
  waitUntil: true,
} as const satisfies Record<keyof RequestContext, true>

/**
 * Tells a context of ours from what hosts pass there by themselves, such as the bindings of a worker,
 * the parameters of a route or the server of Bun: one member that is not ours, and nothing of it is
 * believed. A binding named `ip` must not become everybody's address.
 *
 * @internal
 */
export function ownContext(given: RequestContext | ForeignContext | undefined): RequestContext {
  if (typeof given !== 'object' || given === null) return {}
  return Object.keys(given).every((name) => Object.hasOwn(MEMBERS, name)) ? given : {}
}
