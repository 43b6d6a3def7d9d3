import type { SdkErrorRow } from './meaning.ts'
import { rowsOf } from './rows-of.ts'
import { renewalCalls } from './sdk-calls.ts'

const rtm = rowsOf(['rtm'], 'agora-rtm-sdk 2.3.0')
const rtmNative = rowsOf(['rtm'], 'agora-react-native-rtm 2.2.6')
const v1 = rowsOf(['rtm-v1'], 'agora-rtm-sdk 1.5.1')
const v1Renewal = rowsOf(['rtm-v1'], 'agora-rtm-sdk 1.5.1', renewalCalls('rtm-v1'))
const both = rowsOf(['rtm', 'rtm-v1'], 'agora-rtm-sdk 1.5.1 and 2.3.0')

const error = (name: string, code: number) => `${code}, ${name}`
const link = (name: string, code: number) => `linkState, reason ${code}, ${name}`
const login = (name: string, code: number) => `login: ${code}, ${name}`
const renewal = (name: string, code: number) => `renewToken: ${code}, ${name}`

/** The access point's answers to a login: the words after the number, which say more than the number. */
const DETAILS: readonly SdkErrorRow[] = [
  both('NO_AUTHORIZED, Signature verification failed', 'TOKEN_SIGNATURE', {
    texts: ['Signature verification failed', 'NO_AUTHORIZED'],
    note: 'Or it is a token for a call.',
  }),
  both('INVALID_USER_ID, The user ID to login does not match the token', 'TOKEN_OF_OTHER_USER', {
    texts: ['The user ID to login does not match the token'],
  }),
  both('INVALID_TOKEN_UID, UID in the security key(token) is not valid', 'TOKEN_OF_OTHER_USER', {
    texts: ['UID in the security key(token) is not valid', 'INVALID_TOKEN_UID'],
  }),
  both('TOKEN_TIMEOUT, Dynamic key expired', 'TOKEN_ENDED', {
    texts: ['Dynamic key expired', 'TOKEN_TIMEOUT'],
    unless: 'TOKEN_EXPIRE',
  }),
  both('TOKEN_EXPIRED, The token has expired', 'TOKEN_ENDED', {
    texts: ['The token has expired', 'TOKEN_EXPIRED'],
  }),
  both(
    'DYNAMIC_ENABLED_BUT_STATIC_KEY, The vendor enabled the dynamic key, but uses the static key',
    'TOKEN_MISSING',
    {
      texts: [
        'The vendor enabled the dynamic key, but uses the static key',
        'DYNAMIC_ENABLED_BUT_STATIC_KEY',
      ],
    },
  ),
  both(
    'DYNAMIC_KEY_NOT_ENABLED, The vendor did not enable the dynamic key, but uses the dynamic key',
    'TOKEN_NOT_WANTED',
    {
      texts: [
        'The vendor did not enable the dynamic key, but uses the dynamic key',
        'DYNAMIC_KEY_NOT_ENABLED',
      ],
    },
  ),
  both('INVALID_APP_ID, Illegal App ID', 'APP_ID_UNKNOWN', { texts: ['Illegal App ID'] }),
  both('APP_ID_NO_ACTIVATED, The vendor is not activated', 'PROJECT_INACTIVE', {
    texts: ['The vendor is not activated', 'APP_ID_NO_ACTIVATED'],
  }),
  rtm('NO_ANY_PRIVILEGE, Token does not have any privilege', 'TOKEN_WITHOUT_RIGHT', {
    texts: ['Token does not have any privilege', 'NO_ANY_PRIVILEGE'],
  }),
  rtm('NO_RTM_PRIVILEGE, Token does not have RTM privilege', 'TOKEN_WITHOUT_RIGHT', {
    texts: ['Token does not have RTM privilege', 'NO_RTM_PRIVILEGE'],
  }),
  rtm(
    'NO_ACTIVE_PRODUCT_STATUS, NOT_ENABLE_RTM or service has been stopped',
    'SERVICE_NOT_ENABLED',
    {
      texts: ['NOT_ENABLE_RTM or service has been stopped', 'NO_ACTIVE_PRODUCT_STATUS'],
    },
  ),
]

/** Error codes of 2.x. */
const ERRORS: readonly SdkErrorRow[] = [
  rtm(error('RTM_ERROR_NOT_LOGIN', -10002), 'NOT_JOINED', {
    texts: ['RTM_ERROR_NOT_LOGIN', 'Preform operation without login RTM service'],
    number: ['rtm error', -10002],
  }),
  rtm(error('RTM_ERROR_INVALID_APP_ID', -10003), 'APP_ID_UNKNOWN', {
    texts: ['RTM_ERROR_INVALID_APP_ID', 'Invalid App id'],
    number: ['rtm error', -10003],
    isGeneral: true,
  }),
  rtm(error('RTM_ERROR_INVALID_TOKEN', -10005), 'TOKEN_REFUSED', {
    texts: ['RTM_ERROR_INVALID_TOKEN', 'Invalid token'],
    number: ['rtm error', -10005],
    isGeneral: true,
    note: 'Or it is a token for a call, such as a temporary token of the console: messaging needs rtm(). When a stream channel is joined, it may also have expired.',
    platformErrors: [109, 110, 118, 120],
  }),
  rtm(error('RTM_ERROR_INVALID_USER_ID', -10006), 'USER_INVALID', {
    texts: ['RTM_ERROR_INVALID_USER_ID', 'Invalid user id'],
    number: ['rtm error', -10006],
    isGeneral: true,
  }),
  rtm(error('RTM_ERROR_TOKEN_EXPIRED', -10009), 'TOKEN_ENDED', {
    texts: ['RTM_ERROR_TOKEN_EXPIRED', 'Token is expired'],
    number: ['rtm error', -10009],
    isGeneral: true,
  }),
  rtm(error('RTM_ERROR_LOGIN_TIMEOUT', -10011), 'TIMED_OUT', {
    texts: ['RTM_ERROR_LOGIN_TIMEOUT', 'Login RTM service timeout'],
    number: ['rtm error', -10011],
  }),
  rtm(error('RTM_ERROR_LOGIN_REJECTED', -10012), 'SERVER_ERROR', {
    texts: ['RTM_ERROR_LOGIN_REJECTED', 'Login RTM service was rejected due to server error'],
    number: ['rtm error', -10012],
    isGeneral: true,
  }),
  rtm(error('RTM_ERROR_LOGIN_NOT_AUTHORIZED', -10015), 'SERVICE_NOT_ENABLED', {
    texts: ['RTM_ERROR_LOGIN_NOT_AUTHORIZED', 'The RTM service is not enabled or has been stopped'],
    number: ['rtm error', -10015],
    isGeneral: true,
    note: 'Or the token is not for messaging: make it with rtm().',
    platformErrors: [110],
  }),
  rtm(error('RTM_ERROR_INCONSISTENT_APPID', -10016), 'TOKEN_OF_OTHER_APP', {
    texts: [
      'RTM_ERROR_INCONSISTENT_APPID',
      'The appid is not consistent',
      'INIT_APPID_MISMATCH',
      'The appid in the init request does not match the appid in the token',
    ],
    number: ['rtm error', -10016],
  }),
  rtm(error('RTM_ERROR_DUPLICATE_OPERATION', -10017), 'ALREADY_JOINED', {
    texts: ['RTM_ERROR_DUPLICATE_OPERATION', 'Same subscribe, join or login request'],
    number: ['rtm error', -10017],
  }),
  rtm(error('RTM_ERROR_OPERATION_RATE_EXCEED_LIMITATION', -10021), 'TOO_OFTEN', {
    texts: ['RTM_ERROR_OPERATION_RATE_EXCEED_LIMITATION', 'The operation rate exceeds limitation'],
    number: ['rtm error', -10021],
  }),
  rtm(error('RTM_ERROR_LOGIN_CANCELED', -10023), 'SUPERSEDED', {
    texts: ['RTM_ERROR_LOGIN_CANCELED', 'Login RTM service was canceled by user'],
    number: ['rtm error', -10023],
  }),
  rtm(error('RTM_ERROR_NOT_CONNECTED', -10025), 'NOT_CONNECTED', {
    texts: [
      'RTM_ERROR_NOT_CONNECTED',
      'Perform operation failed due to RTM service is not connected',
    ],
    number: ['rtm error', -10025],
  }),
  rtm(error('RTM_ERROR_RENEW_TOKEN_TIMEOUT', -10026), 'TIMED_OUT', {
    texts: ['RTM_ERROR_RENEW_TOKEN_TIMEOUT', 'RenewToken operation timeout'],
    number: ['rtm error', -10026],
  }),
  rtm(error('RTM_ERROR_DUPLICATE_USER_ID', -10027), 'SAME_USER', {
    texts: [
      'RTM_ERROR_DUPLICATE_USER_ID',
      'The user ID is already in use by another active RTM instance with the same app ID',
    ],
    number: ['rtm error', -10027],
  }),
  ...(
    [
      ['RTM_ERROR_CHANNEL_SUBSCRIBE_PERMISSION_DENIED', -11038, 'subscribe message channel'],
      ['RTM_ERROR_CHANNEL_PUBLISH_PERMISSION_DENIED', -11039, 'publish message'],
      ['RTM_ERROR_STORAGE_PERMISSION_DENIED', -12020, 'access storage service'],
      ['RTM_ERROR_LOCK_PERMISSION_DENIED', -14010, 'access lock service'],
      ['RTM_ERROR_HISTORY_PERMISSION_DENIED', -15006, 'access history service'],
    ] as const
  ).map(([name, code, what]) =>
    rtm(error(name, code), 'PERMISSION_DENIED', {
      texts: [name, `No permission to ${what}`],
      number: ['rtm error', code],
    }),
  ),
]

/** Events of 2.x. */
const EVENTS: readonly SdkErrorRow[] = [
  rtm('tokenPrivilegeWillExpire', 'TOKEN_ENDS_SOON', { texts: ['tokenPrivilegeWillExpire'] }),
  rtm('READ_PERMISSION_REVOKED', 'PERMISSION_DENIED', {
    texts: ['READ_PERMISSION_REVOKED'],
    note: 'The new token grants less than the previous one.',
  }),
  rtmNative(link('invalidToken', 16), 'TOKEN_REFUSED', {
    texts: ['invalidToken'],
    number: ['rtm link reason', 16],
  }),
  rtmNative(link('tokenExpired', 17), 'TOKEN_ENDED', {
    texts: ['tokenExpired'],
    number: ['rtm link reason', 17],
  }),
  rtmNative(link('inconsistentAppId', 18), 'TOKEN_OF_OTHER_APP', {
    texts: ['inconsistentAppId'],
    number: ['rtm link reason', 18],
  }),
  rtmNative(link('invalidUserId', 20), 'USER_INVALID', {
    texts: ['invalidUserId'],
    number: ['rtm link reason', 20],
  }),
  rtmNative(link('sameUidLogin', 27), 'SAME_USER', {
    texts: ['sameUidLogin'],
    number: ['rtm link reason', 27],
  }),
  rtmNative(link('kickedOutByServer', 28), 'BANNED', {
    texts: ['kickedOutByServer'],
    number: ['rtm link reason', 28],
  }),
  rtm('linkState, INVALID_TOKEN', 'TOKEN_REFUSED', { texts: ['INVALID_TOKEN'] }),
  rtm('linkState, INCONSISTENT_APP_ID', 'TOKEN_OF_OTHER_APP', { texts: ['INCONSISTENT_APP_ID'] }),
  rtm('linkState, LOGIN_NOT_AUTHORIZED', 'SERVICE_NOT_ENABLED', {
    texts: ['LOGIN_NOT_AUTHORIZED'],
    note: 'Or the token is not for messaging: make it with rtm().',
    platformErrors: [110],
  }),
  rtm('linkState, SAME_UID_LOGIN', 'SAME_USER', { texts: ['SAME_UID_LOGIN'] }),
  rtm('linkState, KICKED_OUT_BY_SERVER', 'BANNED', { texts: ['KICKED_OUT_BY_SERVER'] }),
  rtm('linkState, LOGIN_TOO_FREQUENT', 'TOO_OFTEN', { texts: ['LOGIN_TOO_FREQUENT'] }),
]

/** What to do after the end of a token, for which one call does not serve. */
const ABORTED =
  'renewToken() helps only in the states CONNECTED and RECONNECTING; in the state ABORTED call logout(), then login().'

/** Error codes and events of 1.x; 5 and 6 have swapped meanings in login and renewToken. */
const V1: readonly SdkErrorRow[] = [
  v1(login('LOGIN_ERR_REJECTED', 2), 'SERVER_ERROR', {
    texts: ['LOGIN_ERR_REJECTED'],
    number: ['rtm-v1 login', 2],
  }),
  v1(login('LOGIN_ERR_INVALID_ARGUMENT', 3), 'ARGUMENT_INVALID', {
    texts: ['LOGIN_ERR_INVALID_ARGUMENT'],
    isGeneral: true,
    number: ['rtm-v1 login', 3],
    note: 'Or the token is for another user.',
    platformErrors: [110],
  }),
  v1(login('LOGIN_ERR_INVALID_APP_ID', 4), 'APP_ID_UNKNOWN', {
    texts: ['LOGIN_ERR_INVALID_APP_ID'],
    isGeneral: true,
    number: ['rtm-v1 login', 4],
  }),
  v1(login('LOGIN_ERR_INVALID_TOKEN', 5), 'TOKEN_REFUSED_OR_MISSING', {
    texts: ['LOGIN_ERR_INVALID_TOKEN'],
    isGeneral: true,
    number: ['rtm-v1 login', 5],
    note: 'The temporary tokens of the console are for calls: make it with rtm(). An expired token is 6 here, but 5 in renewToken().',
  }),
  v1(login('LOGIN_ERR_TOKEN_EXPIRED', 6), 'TOKEN_ENDED', {
    texts: ['LOGIN_ERR_TOKEN_EXPIRED'],
    isGeneral: true,
    number: ['rtm-v1 login', 6],
    note: 'In renewToken() it is 5.',
  }),
  v1(login('LOGIN_ERR_NOT_AUTHORIZED', 7), 'SERVER_ERROR', {
    texts: ['LOGIN_ERR_NOT_AUTHORIZED'],
    number: ['rtm-v1 login', 7],
  }),
  v1(login('LOGIN_ERR_ALREADY_LOGIN', 8), 'ALREADY_JOINED', {
    texts: [
      'LOGIN_ERR_ALREADY_LOGIN',
      'The SDK is either logging in or has logged in the Agora RTM system',
    ],
    number: ['rtm-v1 login', 8],
    note: 'After TokenExpired in the state ABORTED, call logout() first.',
  }),
  v1(login('LOGIN_ERR_TIMEOUT', 9), 'TIMED_OUT', {
    texts: ['LOGIN_ERR_TIMEOUT'],
    number: ['rtm-v1 login', 9],
  }),
  v1(login('LOGIN_ERR_TOO_OFTEN', 10), 'TOO_OFTEN', {
    texts: ['LOGIN_ERR_TOO_OFTEN'],
    number: ['rtm-v1 login', 10],
  }),
  v1(login('LOGIN_ERR_ABORTED_BY_LOGOUT', 201), 'LEFT_MEANWHILE', {
    texts: ['LOGIN_ERR_ABORTED_BY_LOGOUT'],
    number: ['rtm-v1 login', 201],
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_FAILURE', 1), 'SERVER_ERROR', {
    texts: ['RENEW_TOKEN_ERR_FAILURE'],
    number: ['rtm-v1 renewal', 1],
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_INVALID_ARGUMENT', 2), 'ARGUMENT_INVALID', {
    texts: ['RENEW_TOKEN_ERR_INVALID_ARGUMENT'],
    number: ['rtm-v1 renewal', 2],
    platformErrors: [110, 120],
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_TOO_OFTEN', 4), 'TOO_OFTEN', {
    texts: ['RENEW_TOKEN_ERR_TOO_OFTEN'],
    number: ['rtm-v1 renewal', 4],
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_TOKEN_EXPIRED', 5), 'TOKEN_ENDED', {
    texts: ['RENEW_TOKEN_ERR_TOKEN_EXPIRED', 'The token expired'],
    number: ['rtm-v1 renewal', 5],
    note: `In login() 5 is an invalid token. ${ABORTED}`,
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_INVALID_TOKEN', 6), 'TOKEN_REFUSED', {
    texts: ['RENEW_TOKEN_ERR_INVALID_TOKEN', 'Invalid token'],
    number: ['rtm-v1 renewal', 6],
    isGeneral: true,
    note: 'In login() 6 is an expired token.',
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_ABORTED_BY_LOGOUT', 201), 'LEFT_MEANWHILE', {
    texts: ['RENEW_TOKEN_ERR_ABORTED_BY_LOGOUT'],
    number: ['rtm-v1 renewal', 201],
  }),
  v1Renewal(renewal('RENEW_TOKEN_ERR_USER_NOT_LOGGED_IN', 102), 'NOT_JOINED', {
    texts: ['RENEW_TOKEN_ERR_USER_NOT_LOGGED_IN', 'Client is not logged in. Cannot renew token'],
    also: ['The client is not logged in'],
    number: ['rtm-v1 renewal', 102],
  }),
  v1Renewal('TokenExpired', 'TOKEN_ENDED', { texts: ['TokenExpired'], note: ABORTED }),
  v1('TokenPrivilegeWillExpire', 'TOKEN_ENDS_SOON', { texts: ['TokenPrivilegeWillExpire'] }),
  v1('REMOTE_LOGIN', 'SAME_USER', { texts: ['REMOTE_LOGIN'] }),
  v1('BANNED_BY_SERVER', 'BANNED', { texts: ['BANNED_BY_SERVER'] }),
]

/** The errors of messaging, 2.x and 1.x. */
export const RTM_ROWS: readonly SdkErrorRow[] = [...DETAILS, ...ERRORS, ...EVENTS, ...V1]
