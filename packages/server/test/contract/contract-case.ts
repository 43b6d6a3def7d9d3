import type { RequestContext } from '../../src/http/request-context.ts'
import type { ProblemCode } from '@rtc-token/core/contract'

import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import type { TokenHandler } from '../../src/token-handler.ts'
import type { User } from '../support/token-endpoint.ts'

/** A request to an endpoint and what the contract says comes back. */
export interface ContractCase {
  readonly name: string
  /** Default: a code's status, else 200. */
  readonly status?: number
  readonly code?: ProblemCode
  readonly options?: Partial<TokenHandlerOptions<User>>
  /** Whether nothing is open but what is by default. */
  readonly isClosed?: true
  /** Path in the document, and in the request unless `path` says otherwise. Default `/v1/tokens`. */
  readonly documented?: string
  readonly path?: string
  /** Default `POST`. */
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Becomes JSON unless it is text or bytes. Default: a body that is granted. */
  readonly body?: unknown
  readonly context?: RequestContext
  /** What happens before. */
  readonly before?: (handler: TokenHandler) => unknown
  /** A fault that a schema cannot express. */
  readonly isBeyondSchema?: true
  /** Members that the JSON of the reply has. */
  readonly reply?: object
}
