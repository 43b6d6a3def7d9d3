import type { Who } from '../platform/member.ts'
import type { BanList } from '../sessions/ban-list.ts'
import type { SessionRegistry } from '../sessions/session-registry.ts'

/** A customer of the platform, as the console shows it under _RESTful API_. */
export interface Customer {
  readonly customerId: string
  readonly customerSecret: string
}

/** A status, and what is sent as JSON. */
export interface RestAnswer {
  readonly status: number
  readonly json: object
}

/** What the REST API works with. */
export interface RestApiOptions {
  readonly appId: string
  /** Without one, all calls are refused. */
  readonly customer: Customer | undefined
  readonly bans: BanList
  readonly sessions: SessionRegistry
  /** Ends the sessions of those chosen. */
  readonly putOut: (who: Who) => void
  /** Unix milliseconds. */
  readonly clock: () => number
}
