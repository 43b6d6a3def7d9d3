/** Why a token is refused: it is no good for this purpose, or it was and has ended. */
export type Refusal = 'invalid' | 'expired'

/**
 * What the access point answers in `code`. The SDK turns them into "invalid token, authorized
 * failed" and "dynamic key expired"; it retries neither.
 */
export const ACCESS_POINT_CODES = {
  invalid: 2_010_009,
  expired: 2_010_013,
} as const satisfies Record<Refusal, number>

/** What the gateway answers in `error_code`, with the text it goes by. */
export const GATEWAY_ERRORS = {
  invalid: { error_code: 110, error_str: 'ERR_NO_AUTHORIZED' },
  expired: { error_code: 109, error_str: 'ERR_DYNAMIC_KEY_TIMEOUT' },
} as const satisfies Record<Refusal, GatewayError>

/** Body of a gateway reply with `_result` "failed". */
export interface GatewayError {
  readonly error_code: number
  readonly error_str: string
}

/** For a gateway request that the stand-in cannot serve; the SDK gives that one request up. */
export const NOT_SUPPORTED: GatewayError = {
  error_code: 2022,
  error_str: 'ERR_NOT_SUPPORTED_MESSAGE',
}

/** Code of `on_notification` when the same user joins from elsewhere; the SDK then leaves for good. */
export const REPEAT_JOIN_CHANNEL = 2003

/** Access-point services by id, with the flag that marks their answer. */
export const SERVICE_FLAGS: Readonly<Record<number, number>> = {
  11: 4096, // choose a gateway
  26: 4_194_310, // fallback media proxy
}
