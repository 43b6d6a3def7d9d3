import type { ServiceName } from '@rtc-token/core/contract'

import type { CorsOptions } from '../http/cors.ts'
import type { LimitOptions } from '../limit/limit-options.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { Ask, Decision } from '../policy/policy.ts'
import type { Project } from '../keys/project.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'

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

/** What `authenticate` gets beside the request. */
export interface AuthenticateContext {
  readonly ip?: string | undefined
  /** Aborts when the time for an answer is over or the caller has gone. */
  readonly signal: AbortSignal
}

// `object &`, since TypeScript looks last of all at a call of a generic function that returns a plain
// function: beside `authenticate: session(…)` the subject of `authorize` would be settled as unknown.
/**
 * Says who asks, by the headers of the request; its body is not for it. Nobody (`null`, `undefined`,
 * and every other falsy value) refuses with `unauthenticated`.
 */
export type Authenticator<S> = object &
  ((
    request: Request,
    context: AuthenticateContext,
  ) => S | null | undefined | Promise<S | null | undefined>)

/** Says what the one who asks may get. */
export type Authorizer<S> = (ask: Ask<S>) => Decision | Promise<Decision>

/** Bounds of a token's life, in seconds: integers, 1 ≤ min ≤ default ≤ max ≤ 86400. */
export interface TtlOptions {
  /** For a caller who wishes none. Default 3600. */
  readonly default?: number
  /** A longer wish is shortened to this. Default 86400, at which Agora ends every token. */
  readonly max?: number
  /**
   * A shorter wish is refused, and so is what a policy, a ticket or a JWT would make shorter. Default 60. SDKs
   * warn 30 seconds before the end: below 31, a client that asks at each warning asks without pause.
   */
  readonly min?: number
}

/** What a token handler is made from. */
export interface TokenHandlerOptions<S> {
  /** The Agora project to sign for, or several by name; `projectFromEnv` reads one. */
  readonly project: Project | Readonly<Record<string, Project>>
  /** Who asks. Required: there is no endpoint for everybody. */
  readonly authenticate: Authenticator<S>
  /** What they may get. Required; nothing that it does not grant is ever signed. */
  readonly authorize: Authorizer<S>
  /** The services that may be asked for. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  readonly ttl?: TtlOptions
  /** Milliseconds that the body, and then each hook, has to arrive. Default 5000. */
  readonly timeoutMs?: number
  /** Format of the tokens. Default `'007'`; `'006'` holds `rtc` only. */
  readonly version?: '007' | '006'
  /** Checks `params` before the policy sees them: a schema of zod, valibot, arktype and the like. */
  readonly params?: ParamsSchema
  /** Which pages may ask from a browser. Default: those of the same origin only. */
  readonly cors?: CorsOptions
  /** How often. Default: as often as they like. */
  readonly limits?: LimitOptions
  /** Opens `POST …/v1/tokens/inspect` to those whom its own `authenticate` knows. Default: closed. */
  readonly inspect?: { readonly authenticate: Authenticator<unknown> }
  /** Answers the routes of agora-token-service too, behind the same policy. Default: closed. */
  readonly compat?: { readonly routes: 'agora-token-service' }
  /** Whether `GET …/v1/openapi.json` describes the endpoint. Default `true`. */
  readonly openapi?: boolean
  /** Whether `GET …/healthz` and `…/readyz` are answered. Default `false`. */
  readonly health?: boolean
  /** Receives every decision, for the audit log. Tokens are in it only as fingerprints. */
  readonly onEvent?: (event: TokenEvent) => void | Promise<void>
  /** `'required'`: a token whose event could not be written is not handed out. */
  readonly audit?: 'required'
  /** Metrics, traces and logs: `prometheus()`, `otel()`, `pinoEvents()`, or several combined. */
  readonly telemetry?: Telemetry
  /** Whether replies tell in `Server-Timing` how long each step took. For development. Default `false`. */
  readonly serverTiming?: boolean
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
