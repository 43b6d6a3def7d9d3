/**
 * Why a call failed.
 *
 * This client's own codes: `account_refused`, the user was named by account, and Agora needs a uid; `paced`, this call
 * would wait for its turn longer than 10 seconds; `unreadable`, the reply was not in the documented form.
 *
 * By Agora's HTTP status: `bad_request` 400, `unauthorized` 401, `forbidden` 403, `not_found` 404, `rate_limited` 429,
 * `unavailable` 5xx, which also means that no host could be reached. `timeout`: no host replied within `timeoutMs`.
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

/** The details of a failed call, as far as Agora's reply contains them. */
export interface AgoraRestFault {
  /** HTTP status. */
  readonly status?: number
  /** The member `code` of the body. */
  readonly platformCode?: string | number
  /** The member `message` or `reason` of the body: up to 300 characters, with the credentials masked. */
  readonly platformMessage?: string
  /** The header `X-Request-ID`. Agora's support asks for it. */
  readonly requestId?: string
  /** Seconds to wait before the next call. */
  readonly retryAfter?: number
}

/** A call to Agora's API failed. The message contains neither the credentials nor the address. */
export class AgoraRestError extends Error {
  override readonly name = 'AgoraRestError'
  readonly code: AgoraRestErrorCode
  /** HTTP status of Agora's reply; `undefined` without a reply. */
  readonly status: number | undefined
  readonly platformCode: string | number | undefined
  readonly platformMessage: string | undefined
  readonly requestId: string | undefined
  /** Seconds to wait before the next call; `undefined` when Agora does not say. */
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
