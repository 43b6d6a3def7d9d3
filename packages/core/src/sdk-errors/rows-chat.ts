import type { SdkErrorRow } from './meaning.ts'
import { rowsOf } from './rows-of.ts'

const web = rowsOf(['chat'], 'agora-chat 1.4.0')
const native = rowsOf(
  ['chat'],
  'https://api-ref.agora.io/en/chat-sdk/android/1.3.1/classio_1_1agora_1_1_error.html',
  { enter: 'loginWithToken()', leave: 'logout()' },
)

const type = (name: string, code: number) => `type ${code}, ${name}`
const error = (name: string, code: number) => `${code}, ${name} (phones)`

/** The errors of Chat: agora-chat in a page, and the SDKs for phones, which have different numbers. */
export const CHAT_ROWS: readonly SdkErrorRow[] = [
  web(type('WEBIM_TOKEN_EXPIRED', 56), 'TOKEN_ENDED', {
    texts: ['WEBIM_TOKEN_EXPIRED', 'Sorry, token expired'],
    number: ['chat type', 56],
  }),
  web(type('WEBIM_CONNCTION_TOKEN_NOT_ASSIGN_ERROR', 28), 'TOKEN_REFUSED_OR_MISSING', {
    texts: [
      'WEBIM_CONNCTION_TOKEN_NOT_ASSIGN_ERROR',
      'Sorry, token or password does not match login info',
      'token not assign error',
      'INVALID_TOKEN',
    ],
    number: ['chat type', 28],
  }),
  web(type('WEBIM_CONNCTION_AUTH_ERROR', 2), 'CHAT_CREDENTIALS_REFUSED', {
    texts: ['WEBIM_CONNCTION_AUTH_ERROR'],
    number: ['chat type', 2],
  }),
  web('type 1, the accessToken is illegal', 'TOKEN_NOT_USABLE', {
    texts: [
      'the accessToken is illegal',
      'the accessToken or pwd is illegal',
      'the agoraToken is illegal',
    ],
  }),
  web(type('WEBIM_CONNCTION_OPEN_ERROR', 1), 'LOGIN_FAILED', {
    texts: ['WEBIM_CONNCTION_OPEN_ERROR'],
    number: ['chat type', 1],
    isGeneral: true,
  }),
  web(type('WEBIM_CONNCTION_APPKEY_NOT_ASSIGN_ERROR', 27), 'APP_KEY_INVALID', {
    texts: ['WEBIM_CONNCTION_APPKEY_NOT_ASSIGN_ERROR'],
    number: ['chat type', 27],
  }),
  web(type('REST_PARAMS_STATUS', 700), 'CHAT_CREDENTIALS_REFUSED', {
    texts: ['REST_PARAMS_STATUS', 'appkey or token error'],
    number: ['chat type', 700],
    note: 'Or the App Key is invalid.',
  }),
  web(type('WEBIM_CONNECTION_CLOSED', 39), 'NOT_JOINED', {
    texts: ['WEBIM_CONNECTION_CLOSED'],
    number: ['chat type', 39],
  }),
  web(type('USER_NOT_FOUND', 204), 'USER_UNKNOWN', {
    texts: ['Sorry, user not found'],
    number: ['chat type', 204],
  }),
  web(type('WEBIM_CONNCTION_USER_LOGIN_ANOTHER_DEVICE', 206), 'SAME_USER', {
    texts: ['WEBIM_CONNCTION_USER_LOGIN_ANOTHER_DEVICE'],
    number: ['chat type', 206],
  }),
  web(type('WEBIM_CONNCTION_USER_REMOVED', 207), 'BANNED', {
    texts: ['WEBIM_CONNCTION_USER_REMOVED'],
    number: ['chat type', 207],
    note: 'Its account was deleted from the chat service.',
  }),
  web(type('WEBIM_CONNECTION_ERROR', 40), 'CHAT_CREDENTIALS_REFUSED', {
    texts: ['WEBIM_CONNECTION_ERROR'],
    number: ['chat type', 40],
  }),
  web(type('WEBIM_CONNCTION_USER_KICKED_BY_OTHER_DEVICE', 217), 'SAME_USER', {
    texts: ['WEBIM_CONNCTION_USER_KICKED_BY_OTHER_DEVICE'],
    number: ['chat type', 217],
  }),
  web('HTTP 401, Unable to authenticate (OAuth)', 'CHAT_CREDENTIALS_REFUSED', {
    texts: ['Unable to authenticate (OAuth)'],
    also: ['401 Unauthorized', '401 (Unauthorized)', '401: Unauthorized'],
    number: ['http status', 401],
    isGeneral: true,
  }),
  web('onTokenExpired', 'TOKEN_ENDED', { texts: ['onTokenExpired'] }),
  web('onTokenWillExpire', 'TOKEN_ENDS_SOON', { texts: ['onTokenWillExpire'] }),

  native(error('INVALID_APP_KEY', 100), 'APP_KEY_INVALID', {
    number: ['chat error', 100],
  }),
  native(error('INVALID_USER_NAME', 101), 'USER_INVALID', {
    also: ['INVALID_USER_NAME'],
    number: ['chat error', 101],
  }),
  native(error('INVALID_TOKEN', 104), 'TOKEN_REFUSED_OR_MISSING', {
    also: ['AgoraChatErrorInvalidToken'],
    number: ['chat error', 104],
  }),
  native(error('TOKEN_EXPIRED', 108), 'TOKEN_ENDED', {
    also: ['AgoraChatErrorTokenExpire'],
    number: ['chat error', 108],
  }),
  native(error('TOKEN_WILL_EXPIRE', 109), 'TOKEN_ENDS_SOON', {
    also: ['TOKEN_WILL_EXPIRE'],
    number: ['chat error', 109],
  }),
  native(error('INVALID_PARAM', 110), 'ARGUMENT_INVALID', {
    number: ['chat error', 110],
  }),
  native(error('USER_ALREADY_LOGIN', 200), 'ALREADY_JOINED', {
    also: ['USER_ALREADY_LOGIN'],
    number: ['chat error', 200],
  }),
  native(error('USER_NOT_LOGIN', 201), 'NOT_JOINED', {
    also: ['USER_NOT_LOGIN'],
    number: ['chat error', 201],
  }),
  native(error('USER_AUTHENTICATION_FAILED', 202), 'CHAT_CREDENTIALS_REFUSED', {
    also: ['USER_AUTHENTICATION_FAILED'],
    number: ['chat error', 202],
  }),
]
