import type { ServiceName } from '@rtc-token/core/contract'

import type { TrustProxy } from '../../adapters/trust-proxy.ts'
import type { Secret } from './secret.ts'

/** Variables by their names, such as `process.env`. @internal */
export type Environment = Readonly<Record<string, string | undefined>>

/** Log levels, as pino calls them. */
type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/**
 * The validated settings of a standalone server, with defaults filled in. `SETTINGS` describes each of them;
 * `undefined` means off, or that another setting or option decides.
 *
 * @internal
 */
export interface Config {
  readonly project: Secret | undefined
  readonly appId: string | undefined
  readonly appCertificate: Secret | undefined
  readonly appCertificateSecondary: Secret | undefined
  readonly appCertificateFile: string | undefined
  readonly appCertificateSecondaryFile: string | undefined
  readonly signWith: 'primary' | 'secondary' | undefined
  readonly jwtSecret: Secret | undefined
  readonly jwtJwksUrl: string | undefined
  readonly jwtIssuer: string | undefined
  readonly jwtAudience: string | undefined
  readonly jwtClaim: string | undefined
  readonly jwtBindToExpiry: boolean
  readonly services: readonly ServiceName[]
  /** Seconds. */
  readonly ttlDefault: number | undefined
  /** Seconds. */
  readonly ttlMax: number
  readonly compatRoutes: 'agora-token-service' | undefined
  readonly host: string | undefined
  readonly port: number
  readonly corsOrigins: readonly string[] | undefined
  readonly corsAllowHeaders: readonly string[] | undefined
  readonly trustProxy: TrustProxy
  /** Requests a minute; 0 means no limit. */
  readonly limitPerIp: number
  /** Requests a minute; 0 means no limit. */
  readonly limitPerSubject: number
  /** Requests a minute; 0 means no limit. */
  readonly limitPerChannel: number
  readonly limitOnStoreError: 'allow' | 'deny'
  readonly redisUrl: Secret | undefined
  readonly removals: 'redis' | undefined
  readonly removalsName: string
  readonly removalsOnStoreError: 'allow' | 'deny'
  readonly customerId: Secret | undefined
  readonly customerSecret: Secret | undefined
  readonly restHosts: readonly string[] | undefined
  readonly reusePort: boolean
  readonly drainSeconds: number
  readonly graceSeconds: number
  readonly keepAliveSeconds: number
  readonly maxConnections: number
  readonly logLevel: LogLevel
  readonly metricsPort: number | undefined
  readonly metricsHost: string
  readonly tracing: boolean
}
