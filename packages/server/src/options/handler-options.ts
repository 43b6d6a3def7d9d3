import type { ServiceName } from '@rtc-token/core/contract'

import type { Authenticator } from '../auth/authenticator.ts'
import type { CorsOptions } from '../http/cors.ts'
import type { LimitOptions } from '../limit/limit-options.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { Project } from '../keys/project.ts'
import type { Authorizer } from '../policy/policy.ts'
import type { Removals } from '../removal/removals.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'

/** Limits for the life of a token, in seconds: integers, 1 ≤ min ≤ default ≤ max ≤ 86400. */
export interface TtlOptions {
  /** Seconds for a request without `ttl`. Default 3600, or the nearest value from `min` to `max`. */
  readonly default?: number
  /** The longest life in seconds; a longer `ttl` is shortened to it. Default 86400, Agora's own limit. */
  readonly max?: number
  /**
   * The shortest life in seconds. A request for less gets `ttl_invalid`. If the policy would make the token shorter,
   * the caller gets `forbidden`; if a ticket or a JWT would, `unauthenticated`. Default 60, or `max` if that is less.
   * SDKs warn 30 seconds before a token expires, so with less than 31 a client that renews at each warning never stops.
   */
  readonly min?: number
}

/** Options of `createTokenHandler`. */
export interface TokenHandlerOptions<S> {
  /** The Agora project to sign for, or several by name. `projectFromEnv` reads one from the environment. Required. */
  readonly project: Project | Readonly<Record<string, Project>>
  /** Identifies the caller. Required. */
  readonly authenticate: Authenticator<S>
  /** Decides what the caller gets. Required. */
  readonly authorize: Authorizer<S>
  /** The services that callers may request: at least one. Any other gets `invalid_request`. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  /** Limits for the life of a token. Default: 60 to 86400 seconds, and 3600 for a request without `ttl`. */
  readonly ttl?: TtlOptions
  /**
   * Milliseconds to wait for the body (then `body_timeout`), and again for each hook (then `policy_timeout`): integer 1
   * to 2147483647. Default 5000.
   */
  readonly timeoutMs?: number
  /** Version of the tokens. Default `'007'`; `'006'` supports only `rtc`. */
  readonly version?: '007' | '006'
  /**
   * A schema of zod, valibot, arktype or a similar library for `params`, which refuses with `invalid_request`. Default:
   * any object of up to 1 KiB.
   */
  readonly params?: ParamsSchema
  /** Which pages may call the endpoint from a browser. Default: only pages of the same origin. */
  readonly cors?: CorsOptions
  /** How often callers may request tokens. Default: unlimited. */
  readonly limits?: LimitOptions
  /**
   * The store of removed users: `memoryRemovals()`, or `redisRemovals()` for several processes. Default: no store, and
   * `handler.remove` rejects.
   */
  readonly removals?: Removals
  /** Enables `POST …/v1/tokens/inspect` for callers that this `authenticate` recognises. Default: off. */
  readonly inspect?: { readonly authenticate: Authenticator<unknown> }
  /** Also answers the routes of agora-token-service, under the same policy. Default: off. */
  readonly compat?: { readonly routes: 'agora-token-service' }
  /** Whether `GET …/v1/openapi.json` describes the endpoint. Default `true`. */
  readonly openapi?: boolean
  /** Whether to answer `GET …/healthz` and `…/readyz`. Default `false`. */
  readonly health?: boolean
  /** Receives every event, for the audit log. Tokens appear only as fingerprints. Default: no audit log. */
  readonly onEvent?: (event: TokenEvent) => void | Promise<void>
  /**
   * With `'required'`, a token is issued only after `onEvent` has recorded it; otherwise the caller gets a 5xx.
   * Default: `onEvent` is not awaited.
   */
  readonly audit?: 'required'
  /** Metrics, traces and logs: `prometheus()`, `otel()`, `pinoEvents()`, or several combined. Default: none. */
  readonly telemetry?: Telemetry
  /** Whether replies have a `Server-Timing` header with the time of each phase, for development. Default `false`. */
  readonly serverTiming?: boolean
  /**
   * Receives errors that the caller must not see: what a hook threw, a hook that timed out, a grant that breaks the
   * rules, a store that fails. Default: `console.error`.
   */
  readonly onError?: (error: unknown, requestId: string) => void | Promise<void>
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
  /** Returns a number from 0 to below 1, which spreads `renewIn`. Default `Math.random`. */
  readonly random?: () => number
}
