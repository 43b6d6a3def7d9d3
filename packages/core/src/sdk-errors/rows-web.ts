import type { SdkErrorRow } from './meaning.ts'
import { rowsOf } from './rows-of.ts'

const web = rowsOf(['web'], 'agora-rtc-sdk-ng 4.24.8')
const webByFaq = rowsOf(['web'], 'https://docs.agora.io/en/faq/token_error')
const GATEWAY = 'CAN_NOT_GET_GATEWAY_SERVER'
const ANSWER = 'UNEXPECTED_RESPONSE'

/** Names an answer of the access point, which is in `message` and in `data.desc`. */
const gateway = (words: string) => `${GATEWAY}: ${words}`
/** Names an answer of the edge, whose number is in `data.code`. */
const answer = (name: string, code: number) => `${ANSWER}, data.code ${code}: ${name}`

/** The errors of agora-rtc-sdk-ng; 3.x prints the names of the access point's answers. */
export const WEB_ROWS: readonly SdkErrorRow[] = [
  web(gateway('invalid token, authorized failed'), 'TOKEN_REFUSED', {
    texts: ['invalid token, authorized failed', 'NO_AUTHORIZED'],
  }),
  web(gateway('dynamic key expired'), 'TOKEN_ENDED', {
    texts: ['dynamic key expired', 'DYNAMIC_KEY_EXPIRED'],
    // The SDK says this for every 110 of the edge.
    unless: 'TOKEN_EXPIRE',
  }),
  web(gateway('dynamic key or token timeout'), 'TOKEN_ENDED', {
    texts: ['dynamic key or token timeout', 'DYNAMIC_KEY_TIMEOUT'],
    note: 'Also after 24 hours, for a token that claims a longer life.',
  }),
  web(gateway('dynamic use static key'), 'TOKEN_MISSING', {
    texts: ['dynamic use static key', 'DYNAMIC_USE_STATIC_KEY'],
  }),
  web(gateway('static use dynamic key'), 'TOKEN_NOT_WANTED', {
    texts: ['static use dynamic key', 'STATIC_USE_DYNAMIC_KEY'],
  }),
  web(gateway('invalid vendor key, can not find appid'), 'APP_ID_UNKNOWN', {
    texts: ['invalid vendor key, can not find appid', 'INVALID_VENDOR_KEY'],
  }),
  web(gateway('no active status'), 'PROJECT_INACTIVE', {
    texts: ['no active status', 'NO_ACTIVE_STATUS'],
  }),
  web(gateway('invalid channel name'), 'CHANNEL_INVALID', { texts: ['invalid channel name'] }),
  web(GATEWAY, 'NO_SERVER', { texts: [GATEWAY], isGeneral: true }),

  web(
    'TOKEN_EXPIRE, thrown by join or as the reason of connection-state-change',
    'TOKEN_ENDED_OR_REFUSED',
    {
      texts: ['TOKEN_EXPIRE'],
      note: 'The SDK prints this for every error 110 of the server.',
    },
  ),
  web('token-privilege-did-expire', 'TOKEN_ENDED', { texts: ['token-privilege-did-expire'] }),
  web('token-privilege-will-expire', 'TOKEN_ENDS_SOON', { texts: ['token-privilege-will-expire'] }),

  web(answer('ERR_NO_AUTHORIZED', 110), 'TOKEN_REFUSED', {
    texts: ['ERR_NO_AUTHORIZED'],
    number: ['web response', 110],
  }),
  web(answer('ERR_DYNAMIC_KEY_TIMEOUT', 109), 'TOKEN_ENDED', {
    texts: ['ERR_DYNAMIC_KEY_TIMEOUT'],
    number: ['web response', 109],
  }),
  web(answer('ERR_DYNAMIC_KEY_EXPIRED', 118), 'TOKEN_ENDED', {
    texts: ['ERR_DYNAMIC_KEY_EXPIRED'],
    number: ['web response', 118],
  }),
  web(answer('K_TIMESTAMP_EXPIRED', 2), 'TOKEN_ENDED', {
    texts: ['K_TIMESTAMP_EXPIRED'],
    number: ['web response', 2],
  }),
  web(answer('ERR_STATIC_USE_DYANMIC_KE', 119), 'TOKEN_NOT_WANTED', {
    texts: ['ERR_STATIC_USE_DYANMIC_KE'],
    also: ['ERR_STATIC_USE_DYNAMIC_KEY'],
    number: ['web response', 119],
  }),
  web(answer('ERR_DYNAMIC_USE_STATIC_KE', 120), 'TOKEN_MISSING', {
    texts: ['ERR_DYNAMIC_USE_STATIC_KE'],
    also: ['ERR_DYNAMIC_USE_STATIC_KEY'],
    number: ['web response', 120],
  }),
  web(answer('ERR_NO_ACTIVE_STATUS', 116), 'PROJECT_INACTIVE', {
    texts: ['ERR_NO_ACTIVE_STATUS'],
    number: ['web response', 116],
  }),
  web(answer('ERR_INVALID_UID', 117), 'USER_INVALID', {
    texts: ['ERR_INVALID_UID'],
    number: ['web response', 117],
  }),
  web(answer('ERR_INVALID_VENDOR_KEY', 2013), 'APP_ID_UNKNOWN', {
    texts: ['ERR_INVALID_VENDOR_KEY'],
    number: ['web response', 2013],
  }),
  webByFaq('ERR_INVALID_VENDOR_KEY (101)', 'APP_ID_UNKNOWN', { number: ['web response', 101] }),
  web(answer('ERR_REPEAT_JOIN_CHANNEL', 2003), 'SAME_USER', {
    texts: ['ERR_REPEAT_JOIN_CHANNEL'],
    number: ['web response', 2003],
  }),
  web(answer('K_UID_BANNED', 14), 'BANNED', {
    texts: ['K_UID_BANNED'],
    number: ['web response', 14],
  }),
  web(answer('K_IP_BANNED', 15), 'BANNED', {
    texts: ['K_IP_BANNED'],
    number: ['web response', 15],
  }),
  web(answer('K_CHANNEL_BANNED', 16), 'BANNED', {
    texts: ['K_CHANNEL_BANNED'],
    number: ['web response', 16],
  }),
  web(ANSWER, 'UNEXPECTED_ANSWER', { texts: [ANSWER], isGeneral: true }),

  web('INVALID_OPERATION: renewToken should not be called before user join', 'NOT_JOINED', {
    texts: ['renewToken should not be called before user join'],
  }),
  web('INVALID_OPERATION: Client already in connecting/connected state', 'ALREADY_JOINED', {
    texts: ['Client already in connecting/connected state'],
  }),
  web('INVALID_OPERATION: Client already left', 'LEFT_MEANWHILE', {
    texts: ['Client already left'],
  }),
  web('INVALID_OPERATION: audience can not publish stream', 'AUDIENCE', {
    texts: ['audience can not publish stream'],
  }),
  web('INVALID_OPERATION', 'WRONG_STATE', { texts: ['INVALID_OPERATION'], isGeneral: true }),
  web(
    'INVALID_PARAMS: Invalid token: … If you don not use token, set it to null',
    'TOKEN_NOT_USABLE',
    {
      texts: ['If you don not use token, set it to null'],
    },
  ),
  web('INVALID_PARAMS: Invalid token: Length of the string: [1,2047]', 'TOKEN_NOT_USABLE', {
    also: ['Invalid token: Length of the string', 'token cannot be empty'],
  }),

  web('INVALID_PARAMS: Invalid appid: Length of the string: [1,2047]', 'APP_ID_UNKNOWN', {
    also: ['Invalid appid: Length of the string', 'appid cannot be empty'],
    note: 'It is empty or too long.',
  }),
  web(`${ANSWER}: invalid appid`, 'APP_ID_UNKNOWN', { texts: ['invalid appid'] }),
  web(`${ANSWER}: invalid string uid`, 'USER_INVALID', { texts: ['invalid string uid'] }),

  web('UID_CONFLICT, thrown by join or as the reason of connection-state-change', 'SAME_USER', {
    texts: ['UID_CONFLICT'],
  }),
  web('UID_BANNED', 'BANNED_OR_SAME_USER', { texts: ['UID_BANNED'] }),
  web('IP_BANNED', 'BANNED', { texts: ['IP_BANNED'] }),
  web('CHANNEL_BANNED', 'BANNED', { texts: ['CHANNEL_BANNED'] }),
]
