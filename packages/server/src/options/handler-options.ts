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

/** Limits of a token's life, in seconds: integers, 1 ≤ min ≤ default ≤ max ≤ 86400. */
export interface TtlOptions {
  /** For a request without `ttl`. Default 3600. */
  readonly default?: number
  /** A longer wish is shortened to this. Default 86400, Agora's own limit. */
  readonly max?: number
  /**
   * A shorter wish is refused, and so is a token that the policy, a ticket or a JWT would make shorter. Default 60.
   * SDKs warn 30 seconds before a token expires: below 31, a client that asks at each warning never stops asking.
   */
  readonly min?: number
}

/** Options of `createTokenHandler`. */
export interface TokenHandlerOptions<S> {
  /** The Agora project to sign for, or several by name; `projectFromEnv` reads one. */
  readonly project: Project | Readonly<Record<string, Project>>
  /** Identifies the caller. Required. */
  readonly authenticate: Authenticator<S>
  /** Decides what the caller gets. Required; only what it grants is signed. */
  readonly authorize: Authorizer<S>
  /** The services that callers may ask for. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  readonly ttl?: TtlOptions
  /** Time limit for the body, and then for each hook, in milliseconds. Default 5000. */
  readonly timeoutMs?: number
  /** Version of the tokens. Default `'007'`; `'006'` supports only `rtc`. */
  readonly version?: '007' | '006'
  /** Validates `params` before the policy sees them: a schema of zod, valibot, arktype and similar libraries. */
  readonly params?: ParamsSchema
  /** Which pages may call the endpoint from a browser. Default: only those of the same origin. */
  readonly cors?: CorsOptions
  /** How often callers may ask. Default: without limits. */
  readonly limits?: LimitOptions
  /**
   * Where removed users are kept: `memoryRemovals()`, or `redisRemovals()` for several processes. Default: none, and
   * `handler.remove` rejects.
   */
  readonly removals?: Removals
  /** Enables `POST …/v1/tokens/inspect` for callers that its own `authenticate` recognises. Default: off. */
  readonly inspect?: { readonly authenticate: Authenticator<unknown> }
  /** Also answers the routes of agora-token-service, under the same policy. Default: off. */
  readonly compat?: { readonly routes: 'agora-token-service' }
  /** Whether `GET …/v1/openapi.json` describes the endpoint. Default `true`. */
  readonly openapi?: boolean
  /** Whether `GET …/healthz` and `…/readyz` are answered. Default `false`. */
  readonly health?: boolean
  /** Receives every decision, for the audit log. Tokens appear only as fingerprints. */
  readonly onEvent?: (event: TokenEvent) => void | Promise<void>
  /** `'required'`: a token is not issued if `onEvent` fails to write its event. */
  readonly audit?: 'required'
  /** Metrics, traces and logs: `prometheus()`, `otel()`, `pinoEvents()`, or several combined. */
  readonly telemetry?: Telemetry
  /** Whether replies have a `Server-Timing` header with the time of each step. For development. Default `false`. */
  readonly serverTiming?: boolean
  /**
   * Receives errors that the caller must not see: what a hook threw, a hook that timed out, a grant that breaks the
   * rules. Default: `console.error`, because a 500 without a trace cannot be debugged.
   */
  readonly onError?: (error: unknown, requestId: string) => void | Promise<void>
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
  /** Returns a number from 0 to below 1, by which `renewIn` is drawn. Default `Math.random`. */
  readonly random?: () => number
}
