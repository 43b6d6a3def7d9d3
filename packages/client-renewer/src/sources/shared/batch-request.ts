import type { ServiceName } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import type { TokenRequest } from '../../token-source.ts'

/** What a shared source passes to your source. */
export interface BatchRequest extends TokenRequest {
  /**
   * The services that the token should grant, including that of `scope`: several when sessions of one user renew
   * together. A source that cannot combine services can ignore it and use `scope`.
   */
  readonly services: readonly ServiceName[]
}

/**
 * Returns the services to request from a server: those of a {@link BatchRequest}, otherwise the one of its scope.
 *
 * @example
 * ```ts
 * httpSource({ url, request: (request) => ({ services: servicesOf(request), role: 'publisher' }) })
 * ```
 */
export function servicesOf(request: TokenRequest): readonly ServiceName[] {
  return isBatchRequest(request) ? request.services : [serviceOf(request.scope)]
}

/** Returns the name of the service in the HTTP contract. @internal */
export function serviceOf({ service }: TokenScope): ServiceName {
  return service === 'rtm-stream' ? 'rtc' : service
}

function isBatchRequest(request: TokenRequest): request is BatchRequest {
  return 'services' in request && Array.isArray(request.services)
}
