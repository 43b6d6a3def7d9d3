import type { Ask, Decision } from './policy.ts'
import type { Project } from './project.ts'

/** What the host knows about a request beside the request itself. */
export interface RequestContext {
  /** Address of the caller, for the policy. Never taken from a header by this package. */
  readonly ip?: string | undefined
  /** A body that the host has read already: parsed JSON, or its text or bytes. */
  readonly parsedBody?: unknown
  /**
   * Reads the body in a cheaper way than `request.body` offers; `undefined` when there are more
   * than `maxBytes`.
   */
  readonly readBody?: ((maxBytes: number) => Promise<Uint8Array | undefined>) | undefined
}

/** What `authenticate` gets beside the request. */
export interface AuthenticateContext {
  readonly ip?: string | undefined
  /** Aborts when the time for an answer is over or the caller has gone. */
  readonly signal: AbortSignal
}

/**
 * Says who asks, by the headers of the request; its body is already read. Nobody (`null`, `undefined`,
 * and every other falsy value) refuses with `unauthenticated`.
 */
export type Authenticator<S> = (
  request: Request,
  context: AuthenticateContext,
) => S | null | undefined | Promise<S | null | undefined>

/** Says what the one who asks may get. */
export type Authorizer<S> = (ask: Ask<S>) => Decision | Promise<Decision>

/** Bounds of a token's life, in seconds: integers, 1 ≤ min ≤ default ≤ max ≤ 86400. */
export interface TtlOptions {
  /** For a caller who wishes none. Default 3600. */
  readonly default?: number
  /** A longer wish is shortened to this. Default 86400, at which Agora ends every token. */
  readonly max?: number
  /** A shorter wish is refused. Default 60. */
  readonly min?: number
}

/** What a token handler is made from. */
export interface TokenHandlerOptions<S> {
  /** The Agora project to sign for; `projectFromEnv` reads one. */
  readonly project: Project
  /** Who asks. Required: there is no endpoint for everybody. */
  readonly authenticate: Authenticator<S>
  /** What they may get. Required; nothing that it does not grant is ever signed. */
  readonly authorize: Authorizer<S>
  readonly ttl?: TtlOptions
  /** Milliseconds that each hook has for its answer. Default 5000. */
  readonly timeoutMs?: number
  /** Format of the tokens. Default `'007'`. */
  readonly version?: '007' | '006'
  /**
   * Receives what the caller is never told: what a hook threw, a hook that ran out of time, a grant
   * that breaks the rules. Default: `console.error`, since a 500 that leaves no trace cannot be
   * mended.
   */
  readonly onError?: (error: unknown, requestId: string) => void | Promise<void>
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
  /** A number from 0 to below 1, for the jitter of `renewIn`. Default `Math.random`. */
  readonly random?: () => number
}

/** The options with every default filled in. */
export interface Settings<S> extends Required<Omit<TokenHandlerOptions<S>, 'ttl'>> {
  readonly ttl: Required<TtlOptions>
}
