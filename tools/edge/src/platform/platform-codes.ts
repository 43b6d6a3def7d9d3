/**
 * Why a user is turned away. `invalid`: the token is no good for this channel and user. `expired`:
 * it was and has ended. `timed-out`: the platform's other word for a token past its time, which makes
 * the SDK ask again for ever while it reconnects. `token-missing`: the project wants tokens and none
 * came. `app-unknown`: there is no such App ID.
 */
export type Refusal = 'invalid' | 'expired' | 'timed-out' | 'token-missing' | 'app-unknown'

/** What the access point answers in `code`. The SDK retries none of them at a first join. */
export const ACCESS_POINT_CODES = {
  invalid: 2_010_009,
  expired: 2_010_013,
  'timed-out': 2_010_010,
  'token-missing': 2_010_015,
  'app-unknown': 2_010_005,
} as const satisfies Record<Refusal, number>

/** The words in which the SDK reports these codes; they are the SDK's own, from its tables. */
export const ACCESS_POINT_TEXTS = {
  invalid: 'invalid token, authorized failed',
  expired: 'dynamic key expired',
  'timed-out': 'dynamic key or token timeout',
  'token-missing': 'dynamic use static key',
  'app-unknown': 'invalid vendor key, can not find appid',
} as const satisfies Record<Refusal, string>

/** Body of a gateway reply with `_result` "failed". */
export interface GatewayError {
  readonly error_code: number
  readonly error_str: string
}

const error = (error_code: number, error_str: string): GatewayError => ({ error_code, error_str })

/** What the gateway answers in `error_code`, with the text it goes by. */
export const GATEWAY_ERRORS: Readonly<Record<Refusal, GatewayError>> = {
  invalid: error(110, 'ERR_NO_AUTHORIZED'),
  expired: error(109, 'ERR_DYNAMIC_KEY_TIMEOUT'),
  'timed-out': error(109, 'ERR_DYNAMIC_KEY_TIMEOUT'),
  'token-missing': error(120, 'ERR_DYNAMIC_USE_STATIC_KE'),
  'app-unknown': error(2013, 'ERR_INVALID_VENDOR_KEY'),
}

/** For a request that the stand-in cannot serve; the SDK gives that one request up. */
export const NOT_SUPPORTED: GatewayError = error(2022, 'ERR_NOT_SUPPORTED_MESSAGE')

/** For a request of a user who is in no channel. */
export const NOT_JOINED: GatewayError = error(2011, 'ERR_NOT_JOINED')

/** For a session that is not, or no longer, kept; the SDK then joins anew. */
export const REJOIN_TOKEN_INVALID: GatewayError = error(2024, 'ERR_REJOIN_TOKEN_INVALID')

/** For a change to host without the right to publish. */
export const ROLE_NOT_PERMITTED: GatewayError = error(2018, 'ERR_SET_CLIENT_ROLE_NO_PERMISSION')

/** Code of `on_notification` when the same user joins from elsewhere; the SDK then leaves for good. */
export const REPEAT_JOIN_CHANNEL = 2003

/** Code of `on_user_banned` for one user; the SDK then leaves with `UID_BANNED`. */
export const UID_BANNED = 14

/** Access-point services by id, with the flag that marks their answer. */
export const SERVICE_FLAGS: Readonly<Record<number, number>> = {
  11: 4096, // choose a gateway
  26: 4_194_310, // fallback media proxy
}
