/**
 * Why a call failed. `account_refused`, `paced` and `unreadable` are this client's own: an account where a number is
 * needed, too many calls waiting, an answer in another form. The others say what Agora answered, or did not.
 */
export type AgoraRestErrorCode =
  | 'account_refused'
  | 'paced'
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'unreadable'

/** What Agora said about a failure. */
export interface AgoraRestFault {
  /** The status of the answer. */
  readonly status?: number
  /** The members `code`, `message` and `reason` of the answer, if it has them. */
  readonly platformCode?: string | number
  readonly platformMessage?: string
  /** The header `X-Request-ID`, which Agora's support asks for. */
  readonly requestId?: string
  /** Seconds after which to call again, if known. */
  readonly retryAfter?: number
}

/** A failed call. Its message has neither the credentials nor the address. */
export class AgoraRestError extends Error {
  override readonly name = 'AgoraRestError'
  readonly code: AgoraRestErrorCode
  readonly status: number | undefined
  readonly platformCode: string | number | undefined
  readonly platformMessage: string | undefined
  readonly requestId: string | undefined
  /** Seconds. */
  readonly retryAfter: number | undefined

  constructor(
    code: AgoraRestErrorCode,
    message: string,
    { cause, ...fault }: AgoraRestFault & ErrorOptions = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.status = fault.status
    this.platformCode = fault.platformCode
    this.platformMessage = fault.platformMessage
    this.requestId = fault.requestId
    this.retryAfter = fault.retryAfter
  }
}
