import type { ServiceName } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import type { TokenRequest } from '../../token-source.ts'

/** What a desk asks its source for. */
export interface DeskRequest extends TokenRequest {
  /**
   * What the token should be for, the service of `scope` among it: several where sessions of one user
   * renew together. A source that cannot do that may go by `scope` alone.
   */
  readonly services: readonly ServiceName[]
}

/**
 * The services to ask a server for: those that the desk has put together, else the one of the scope.
 *
 * @example
 * ```ts
 * httpSource({ url, request: (request) => ({ services: servicesOf(request), role: 'publisher' }) })
 * ```
 */
export function servicesOf(request: TokenRequest): readonly ServiceName[] {
  return isDeskRequest(request) ? request.services : [serviceOf(request.scope)]
}

/** The service on the server's side. @internal */
export function serviceOf({ service }: TokenScope): ServiceName {
  return service === 'rtm-stream' ? 'rtc' : service
}

function isDeskRequest(request: TokenRequest): request is DeskRequest {
  return 'services' in request && Array.isArray(request.services)
}
