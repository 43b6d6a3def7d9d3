import type { ServiceName } from '@rtc-token/core/contract'

import type { Authenticator } from '../auth/authenticator.ts'
import type { CorsOptions } from '../http/cors.ts'
import type { LimitOptions } from '../limit/limit-options.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { Project } from '../keys/project.ts'
import type { Authorizer } from '../policy/policy.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'

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
