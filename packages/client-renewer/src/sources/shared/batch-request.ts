import type { ServiceName } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import type { TokenRequest } from '../../token-source.ts'

/** What a shared source asks the app's source for. */
export interface BatchRequest extends TokenRequest {
  /**
   * The services that the token should be for, that of `scope` among them: several when sessions of one
   * user renew together. A source that cannot combine services may use `scope` alone.
   */
  readonly services: readonly ServiceName[]
}

/**
 * The services to ask a server for: those of a {@link BatchRequest}, else the one of the scope.
 *
 * @example
 * ```ts
 * httpSource({ url, request: (request) => ({ services: servicesOf(request), role: 'publisher' }) })
 * ```
 */
export function servicesOf(request: TokenRequest): readonly ServiceName[] {
  return isBatchRequest(request) ? request.services : [serviceOf(request.scope)]
}

/** The service by its name in the HTTP contract. @internal */
export function serviceOf({ service }: TokenScope): ServiceName {
  return service === 'rtm-stream' ? 'rtc' : service
}

function isBatchRequest(request: TokenRequest): request is BatchRequest {
  return 'services' in request && Array.isArray(request.services)
}
