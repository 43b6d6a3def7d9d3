import type { Authorizer } from '../policy/policy.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { ServiceName } from '@rtc-token/core/contract'

import type { Cors } from '../http/cors.ts'
import type { TokenHandlerOptions, TtlOptions } from './handler-options.ts'
import type { LimitGuard } from '../limit/limit-guard.ts'
import type { ParamsSchema } from '../wish/params-schema.ts'
import type { Projects } from '../keys/projects.ts'
import type { RemovalGuard } from '../removal/removal-guard.ts'
import type { Audit } from '../telemetry/audit.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** The validated options with all defaults filled in. @internal */
export interface Settings<S> extends BaseSettings {
  readonly authenticate: Authenticator<S>
  readonly authorize: Authorizer<S>
}

/** The settings that do not depend on the type of the subject. @internal */
export interface BaseSettings {
  readonly projects: Projects
  readonly services: readonly ServiceName[]
  readonly ttl: Required<TtlOptions>
  readonly timeoutMs: number
  readonly version: '007' | '006'
  readonly params: ParamsSchema | undefined
  readonly cors: Cors
  readonly answersPreflights: boolean
  readonly limits: LimitGuard
  /** `undefined` without the option, so that requests do not look anything up. */
  readonly removals: RemovalGuard | undefined
  readonly inspect: { readonly authenticate: Authenticator<unknown> } | undefined
  readonly compat: boolean
  readonly openapi: boolean
  readonly health: boolean
  /** Whether the policy is that of `unsafeAllowEveryone`, which every reply then says. */
  readonly isUnsafe: boolean
  /** Telemetry hooks; `undefined` when none is configured, so that events are not built. */
  readonly telemetry: Telemetry | undefined
  readonly audit: Audit | undefined
  /** The id of the key that signed last, by App ID. */
  readonly signingKeys: Map<string, string>
  readonly serverTiming: boolean
  readonly onError: NonNullable<TokenHandlerOptions<unknown>['onError']>
  readonly clock: () => number
  readonly random: () => number
}
