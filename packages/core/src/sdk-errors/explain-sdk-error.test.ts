import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode007 } from '../version-007/encode-007.ts'
import { explainToken } from '../explain/explain-token.ts'
import type { SdkErrorCause } from './causes.ts'
import { explainSdkError, SDK_ERRORS, type SdkErrorOptions, type SdkName } from './index.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const now = issuedAt + 10
const privileges = { joinChannel: 3600, publishAudioStream: 3600 }
const rtc = { service: 'rtc' as const, channel: 'room-42', user: '1234', privileges }
const token = tokenOf({})
const good = { token, appId, channel: 'room-42', uid: 1234, now }

function tokenOf(change: object): string {
  return encode007(
    { appId, issuedAt, expiresIn: 3600, salt: 1, services: [rtc], ...change },
    appCertificate,
  )
}

/** An error as agora-rtc-sdk-ng makes it. */
function webError(code: string, message = '', data?: object): Error {
  const error = new Error(`AgoraRTCError ${code}: ${message}`)
  return Object.assign(error, { name: 'AgoraRTCException', code, data })
}

/** An error as both versions of messaging make it. */
function rtmError(name: string, code: number, reason: string, server?: number): Error {
  const words = `Error Code ${code}${server ? `, server Code ${server}` : ''} - ${reason}`
  return Object.assign(new Error(words), { name, code, ...(server ? { serverCode: server } : {}) })
}

function gatewayError(...desc: string[]): Error {
  const parts = desc.map(
    (it) => `flag: 4096, message: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: ${it}`,
  )
  const data = { retry: false, csIp: '184.72.16.87', desc }
  return webError('CAN_NOT_GET_GATEWAY_SERVER', parts.join(' | '), data)
}

function edgeError(name: string, code: number): Error {
  const data = { code, data: { error_code: code, error_str: '' }, desc: name }
  return webError('UNEXPECTED_RESPONSE', `${name}: undefined`, data)
}

const causes = (error: unknown, options?: SdkErrorOptions) =>
  explainSdkError(error, options).meanings.map(({ cause }) => cause)

const IMPERATIVE =
  /^(?:Add|Call|Check|Compare|Copy|Enable|Fetch|Find|Give|Ignore|Log|Look|Make|Pass|Read|Register|Send|Try|Use|Wait)\b/

/** An error that means one thing, whether or not the SDK is named. */
type Known = readonly [sdk: SdkName, error: unknown, cause: SdkErrorCause]

const THROWN: readonly Known[] = [
  ['web', gatewayError('invalid token, authorized failed'), 'TOKEN_REFUSED'],
  ['web', gatewayError('dynamic key expired'), 'TOKEN_ENDED'],
  ['web', gatewayError('dynamic key or token timeout'), 'TOKEN_ENDED'],
  ['web', gatewayError('dynamic use static key'), 'TOKEN_MISSING'],
  ['web', gatewayError('static use dynamic key'), 'TOKEN_NOT_WANTED'],
  ['web', gatewayError('invalid vendor key, can not find appid'), 'APP_ID_UNKNOWN'],
  ['web', gatewayError('no active status'), 'PROJECT_INACTIVE'],
  ['web', gatewayError('invalid channel name'), 'CHANNEL_INVALID'],
  ['web', gatewayError('unable to allocate services in this area'), 'NO_SERVER'],
  ['web', webError('TOKEN_EXPIRE', 'dynamic key expired'), 'TOKEN_ENDED_OR_REFUSED'],
  ['web', edgeError('ERR_NO_AUTHORIZED', 110), 'TOKEN_REFUSED'],
  ['web', edgeError('ERR_DYNAMIC_KEY_TIMEOUT', 109), 'TOKEN_ENDED'],
  ['web', edgeError('ERR_DYNAMIC_KEY_EXPIRED', 118), 'TOKEN_ENDED'],
  ['web', edgeError('K_TIMESTAMP_EXPIRED', 2), 'TOKEN_ENDED'],
  ['web', edgeError('ERR_STATIC_USE_DYANMIC_KE', 119), 'TOKEN_NOT_WANTED'],
  ['web', edgeError('ERR_DYNAMIC_USE_STATIC_KE', 120), 'TOKEN_MISSING'],
  ['web', edgeError('ERR_TOO_MANY_USERS', 2016), 'UNEXPECTED_ANSWER'],
  [
    'web',
    webError('INVALID_OPERATION', 'renewToken should not be called before user join'),
    'NOT_JOINED',
  ],
  [
    'web',
    webError('INVALID_OPERATION', '[client-ab12] Client already in connecting/connected state'),
    'ALREADY_JOINED',
  ],
  ['web', webError('INVALID_OPERATION', '[client-ab12] Client already left'), 'LEFT_MEANWHILE'],
  ['web', webError('INVALID_OPERATION', 'audience can not publish stream'), 'AUDIENCE'],
  ['web', webError('INVALID_OPERATION', 'Dual stream is already enabled'), 'WRONG_STATE'],
  [
    'web',
    webError('INVALID_PARAMS', 'Invalid token: . If you don not use token, set it to null'),
    'TOKEN_NOT_USABLE',
  ],
  ['web', webError('UID_CONFLICT'), 'SAME_USER'],
  ['web', 'UID_BANNED', 'BANNED_OR_SAME_USER'],
  ['web', 'TOKEN_EXPIRE', 'TOKEN_ENDED_OR_REFUSED'],
  ['web', 'token-privilege-did-expire', 'TOKEN_ENDED'],

  ['native', { state: 5, reason: 8 }, 'TOKEN_REFUSED_OR_MISSING'],
  ['native', { state: 5, reason: 9 }, 'TOKEN_ENDED'],
  ['native', { err: 119, msg: 'ERR_SET_CLIENT_ROLE_NOT_AUTHORIZED' }, 'ROLE_NOT_CHANGED'],
  ['native', { err: 120, msg: 'ERR_DECRYPTION_FAILED' }, 'DECRYPTION'],
  ['native', -17, 'ALREADY_JOINED'],
  ['native', -110, 'TOKEN_REFUSED_OR_MISSING'],

  [
    'rtm',
    {
      error: true,
      reason: 'Invalid token. detail: NO_AUTHORIZED, Signature verification failed.',
      operation: 'login',
      errorCode: -10005,
    },
    'TOKEN_SIGNATURE',
  ],
  [
    'rtm',
    rtmError(
      'RtmUnauthenticatedError',
      -10005,
      'Invalid token. detail: INVALID_USER_ID, The user ID to login does not match the token.',
    ),
    'TOKEN_OF_OTHER_USER',
  ],
  ['rtm', { error: true, reason: 'Invalid token.', errorCode: -10005 }, 'TOKEN_REFUSED'],
  ['rtm', rtmError('RtmInvalidArgumentError', -10005, 'Invalid token.'), 'TOKEN_REFUSED'],
  ['rtm', { error: true, reason: 'Token is expired.', errorCode: -10009 }, 'TOKEN_ENDED'],
  ['rtm', { error: true, operation: 'renewToken', errorCode: -10025 }, 'NOT_CONNECTED'],
  ['rtm', { error: true, operation: 'renewToken', errorCode: -10026 }, 'TIMED_OUT'],
  [
    'rtm',
    { error: true, errorCode: -11039, reason: 'No permission to publish message.' },
    'PERMISSION_DENIED',
  ],
  [
    'rtm',
    {
      error: true,
      reason:
        'The RTM service is not enabled or has been stopped. detail: NO_RTM_PRIVILEGE, Token does not have RTM privilege.',
      errorCode: -10015,
    },
    'TOKEN_WITHOUT_RIGHT',
  ],
  ['rtm', { currentState: 'FAILED', reasonCode: 'TOKEN_EXPIRED' }, 'TOKEN_ENDED'],
  ['rtm', { currentState: 5, reasonCode: 17 }, 'TOKEN_ENDED'],

  [
    'rtm-v1',
    rtmError('RtmUnauthenticatedError', 6, 'The token has expired.', 2_010_013),
    'TOKEN_ENDED',
  ],
  [
    'rtm-v1',
    rtmError('RtmUnauthenticatedError', 5, 'Signature verification failed.', 2_010_009),
    'TOKEN_SIGNATURE',
  ],
  [
    'rtm-v1',
    rtmError(
      'RtmUnauthenticatedError',
      3,
      'The user ID to login does not match the token.',
      2_010_007,
    ),
    'TOKEN_OF_OTHER_USER',
  ],
  ['rtm-v1', rtmError('RtmUnauthenticatedError', 6, 'Invalid token.'), 'TOKEN_REFUSED'],
  [
    'rtm-v1',
    rtmError(
      'RtmInvalidStatusError',
      8,
      'The SDK is either logging in or has logged in the Agora RTM system.',
    ),
    'ALREADY_JOINED',
  ],

  ['chat', { type: 56, message: 'Sorry, token expired' }, 'TOKEN_ENDED'],
  ['chat', { type: 28, message: 'INVALID_TOKEN' }, 'TOKEN_REFUSED_OR_MISSING'],
  ['chat', { type: 1, message: 'the accessToken is illegal' }, 'TOKEN_NOT_USABLE'],
  ['chat', { type: 1, message: 'login failed' }, 'LOGIN_FAILED'],
  ['chat', { type: 2, message: 'Auth failed' }, 'CHAT_CREDENTIALS_REFUSED'],
  ['chat', { code: 108, description: 'token expired' }, 'TOKEN_ENDED'],
  ['chat', { code: 104, description: 'invalid token' }, 'TOKEN_REFUSED_OR_MISSING'],
  [
    'chat',
    { error: 'unauthorized', error_description: 'Unable to authenticate (OAuth)', status: 401 },
    'CHAT_CREDENTIALS_REFUSED',
  ],

  [
    'rest',
    { status: 401, data: { message: 'Invalid authentication credentials' } },
    'CREDENTIALS_REFUSED',
  ],
  [
    'rest',
    { response: { status: 403, data: { reason: 'ServiceNotEnabled' } } },
    'SERVICE_NOT_ENABLED',
  ],
]

describe('explainSdkError of what an SDK throws or emits', () => {
  it.each(THROWN)('%s: %o is %s', (sdk, error, cause) => {
    expect(explainSdkError(error, { sdk })).toMatchObject({ kind: 'known', meanings: [{ cause }] })
    expect(new Set(causes(error, { sdk }))).toEqual(new Set([cause]))
  })

  it.each(THROWN)('%s: %o tells its SDK itself, or all meanings are said', (sdk, error, cause) => {
    const { kind, meanings } = explainSdkError(error)
    expect(kind).not.toBe('unknown')
    expect(meanings).toContainEqual(
      expect.objectContaining({ cause, sdks: expect.arrayContaining([sdk]) }),
    )
  })

  it('says several reasons at once', () => {
    const error = gatewayError('invalid token, authorized failed', 'dynamic key expired')
    const explanation = explainSdkError(error)
    expect(explanation.kind).toBe('known')
    expect(causes(error)).toEqual(['TOKEN_REFUSED', 'TOKEN_ENDED'])
  })

  it.each([
    [
      'an error of agora-rtc-react',
      (error: unknown) => Object.assign(new Error('x'), { rtcMethod: 'join', rtcError: error }),
    ],
    ['a cause', (error: unknown) => Object.assign(new Error('join failed'), { cause: error })],
    ['a rejection event', (error: unknown) => ({ type: 'unhandledrejection', reason: error })],
    ['an error event', (error: unknown) => ({ message: '', error })],
    ['several errors', (error: unknown) => new AggregateError([error], 'all failed')],
    ['arguments of a callback', (error: unknown) => [error]],
    ['JSON', (error: unknown) => JSON.stringify({ ...(error as Error), message: String(error) })],
  ])('finds it inside %s', (_, wrap) => {
    expect(causes(wrap(gatewayError('dynamic use static key')))).toEqual(['TOKEN_MISSING'])
  })
})

const PRINTED: readonly (readonly [text: string, cause: SdkErrorCause])[] = [
  [
    '20:26:928 Agora-SDK [ERROR]: [client-729ce] join number: 1, Joining channel failed, rollback AgoraRTCException: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: flag: 4096, message: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed',
    'TOKEN_REFUSED',
  ],
  [
    `AgoraRTCException: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: flag: 4096, message: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: dynamic key or token timeout
    at cA (http://localhost:3012/node_modules/.vite/deps/chunk-PRBXGCMN.js?v=45d98b7d:7855:239)`,
    'TOKEN_ENDED',
  ],
  [
    'data: {"desc":"invalid token, authorized failed","retry":false,"csIp":"184.72.16.87"}\nAgoraRTCException: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed',
    'TOKEN_REFUSED',
  ],
  [
    '{ "name": "AgoraRTCException", "code": "CAN_NOT_GET_GATEWAY_SERVER", "message": "AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: no active status", "data": { "retry": false } }',
    'PROJECT_INACTIVE',
  ],
  [
    '18:44:28:277 Agora-SDK [ERROR]: [DFC76] Get server node failed [INVALID_VENDOR_KEY] https://webrtc2-ap-web-1.agora.io/api/v1 INVALID_VENDOR_KEY',
    'APP_ID_UNKNOWN',
  ],
  [
    '00:20:26:928 Agora-SDK [ERROR]: [8AB3F] Get server node failed [NO_AUTHORIZED] https://webrtc2-ap-web-1.agora.io/api/v1 NO_AUTHORIZED',
    'TOKEN_REFUSED',
  ],
  [
    'Uncaught (in promise) AgoraRTCException: AgoraRTCError UNEXPECTED_RESPONSE: ERR_NO_AUTHORIZED: undefined\ndata: {"code":110,"data":{},"desc":"ERR_NO_AUTHORIZED"}',
    'TOKEN_REFUSED',
  ],
  ['AgoraRTCError TOKEN_EXPIRE: dynamic key expired', 'TOKEN_ENDED_OR_REFUSED'],
  ['agorartcerror can_not_get_gateway_server: DYNAMIC KEY\n  EXPIRED', 'TOKEN_ENDED'],
  ['onError code 110 message The Token is invalid', 'TOKEN_REFUSED_OR_MISSING'],
  ['OnError err: 110, msg: Invalid token', 'TOKEN_REFUSED_OR_MISSING'],
  ['onConnectionStateChanged state:5 reason:9', 'TOKEN_ENDED'],
  ['ConnectionChangedReasonType.connectionChangedInvalidToken', 'TOKEN_REFUSED_OR_MISSING'],
  [
    "RtmClient login failed ErrorInfo{errorCode=5, errorDescription='x'}",
    'TOKEN_REFUSED_OR_MISSING',
  ],
  ['[AgoraRtmError] -10005', 'TOKEN_REFUSED'],
  ['linkState FAILED INVALID_TOKEN', 'TOKEN_REFUSED'],
  ['Join channel failed with error: 17', 'ALREADY_JOINED'],
  ['Unhandled Exception: AgoraRtcException(-17, null)', 'ALREADY_JOINED'],
  ['AgoraRtcException(code: 110, message: )', 'TOKEN_REFUSED_OR_MISSING'],
  ['AgoraRtcException(-110, null)', 'TOKEN_REFUSED_OR_MISSING'],
  ['joinChannel ret = -110', 'TOKEN_REFUSED_OR_MISSING'],
  ['AgoraRTCError UNEXPECTED_RESPONSE: 110', 'TOKEN_REFUSED'],
  ['UNEXPECTED_RESPONSE 109', 'TOKEN_ENDED'],
  ['UNEXPECTED_RESPONSE (118)', 'TOKEN_ENDED'],
  ['ERR_INVALID_TOKEN(110)', 'TOKEN_REFUSED_OR_MISSING'],
  ['ERR_DYNAMIC_KEY_EXPIRED(118)', 'TOKEN_ENDED'],
  ["onConnectionStateChanged {channelId: 'room', localUid: 1234} 5 8", 'TOKEN_REFUSED_OR_MISSING'],
  ['onConnectionStateChanged 5, 9', 'TOKEN_ENDED'],
  ['dynamic key expired', 'TOKEN_ENDED'],
  ['onRenewTokenResult code: 4', 'TOKEN_OF_OTHER_CHANNEL'],
  ['RTM ERROR 5 LOGIN_ERR_INVALID_TOKEN', 'TOKEN_REFUSED_OR_MISSING'],
  ['ErrorInfo object : "RTM ERROR 5 LOGIN_ERR_INVALID_TOKEN".', 'TOKEN_REFUSED_OR_MISSING'],
  [
    '[ERROR:flutter/lib/ui/ui_dart_state.cc(177)] Unhandled Exception: login failed errorCode:5',
    'TOKEN_REFUSED_OR_MISSING',
  ],
  [
    'RtmUnauthenticatedError: Error Code -10005 - Invalid token. detail: TOKEN_TIMEOUT, Dynamic key expired.',
    'TOKEN_ENDED',
  ],
  ['Error: {"operation":"renewToken","reason":"x","errorCode":-10025}', 'NOT_CONNECTED'],
  [
    'RTM ERROR 3 LOGIN_ERR_INVALID_ARGUMENT: The user ID to login does not match the token',
    'TOKEN_OF_OTHER_USER',
  ],
  ['preload sua error: AgoraRTCError UNEXPECTED_RESPONSE: invalid appid', 'APP_ID_UNKNOWN'],
  ['{"message":"Invalid authentication credentials"}', 'CREDENTIALS_REFUSED'],
  ['Sorry, token or password does not match login info', 'TOKEN_REFUSED_OR_MISSING'],
  [
    '{"error":"unauthorized","error_description":"Unable to authenticate (OAuth)"}',
    'CHAT_CREDENTIALS_REFUSED',
  ],
]

describe('explainSdkError of what was printed', () => {
  it.each(PRINTED)('%j is %s', (text, cause) => {
    const { kind, meanings } = explainSdkError(text)
    expect({ kind, causes: [...new Set(meanings.map((it) => it.cause))] }).toEqual({
      kind: 'known',
      causes: [cause],
    })
  })
})

describe('explainSdkError of a number', () => {
  it.each<[unknown, SdkName, SdkErrorCause]>([
    [110, 'web', 'TOKEN_REFUSED'],
    [110, 'native', 'TOKEN_REFUSED_OR_MISSING'],
    [110, 'chat', 'ARGUMENT_INVALID'],
    [109, 'web', 'TOKEN_ENDED'],
    [109, 'native', 'TOKEN_ENDED'],
    [109, 'chat', 'TOKEN_ENDS_SOON'],
    [101, 'native', 'APP_ID_UNKNOWN'],
    [101, 'web', 'APP_ID_UNKNOWN'],
    [118, 'web', 'TOKEN_ENDED'],
    [119, 'web', 'TOKEN_NOT_WANTED'],
    [119, 'native', 'ROLE_NOT_CHANGED'],
    [120, 'web', 'TOKEN_MISSING'],
    [120, 'native', 'DECRYPTION'],
    [-17, 'native', 'ALREADY_JOINED'],
    [-110, 'native', 'TOKEN_REFUSED_OR_MISSING'],
    [-10005, 'rtm', 'TOKEN_REFUSED'],
    [-10009, 'rtm', 'TOKEN_ENDED'],
    [56, 'chat', 'TOKEN_ENDED'],
    [108, 'chat', 'TOKEN_ENDED'],
    [401, 'chat', 'CHAT_CREDENTIALS_REFUSED'],
    [401, 'rest', 'CREDENTIALS_REFUSED'],
  ])('%s of %s is %s, as text and as a code too', (number, sdk, cause) => {
    for (const error of [
      number,
      String(number),
      `Error code ${String(number)}`,
      { code: number },
    ]) {
      expect(explainSdkError(error, { sdk })).toMatchObject({
        kind: 'known',
        meanings: [{ cause }],
      })
    }
  })

  it.each<[unknown, string, SdkErrorCause]>([
    [5, 'login', 'TOKEN_REFUSED_OR_MISSING'],
    [6, 'login', 'TOKEN_ENDED'],
    [8, 'login', 'ALREADY_JOINED'],
    [5, 'renewToken', 'TOKEN_ENDED'],
    [6, 'renewToken', 'TOKEN_REFUSED'],
  ])('%s of RTM 1.x, from %s, is %s', (number, from, cause) => {
    const explanation = explainSdkError({ code: number }, { sdk: 'rtm-v1', from })
    expect(explanation).toMatchObject({ kind: 'known', meanings: [{ cause }] })
  })

  it.each<[number, string, SdkErrorCause]>([
    [8, 'onConnectionStateChanged', 'TOKEN_REFUSED_OR_MISSING'],
    [9, 'onConnectionStateChanged', 'TOKEN_ENDED'],
    [1, 'onRenewTokenResult', 'SERVER_ERROR'],
    [2, 'onRenewTokenResult', 'TOKEN_ENDED'],
    [3, 'onRenewTokenResult', 'TOKEN_REFUSED_OR_MISSING'],
    [4, 'onRenewTokenResult', 'TOKEN_OF_OTHER_CHANNEL'],
    [5, 'onRenewTokenResult', 'TOKEN_OF_OTHER_APP'],
    [6, 'onRenewTokenResult', 'SUPERSEDED'],
  ])('%s of a native SDK, from %s, is %s', (number, from, cause) => {
    const explanation = explainSdkError(number, { sdk: 'native', from })
    expect(explanation).toMatchObject({ kind: 'known', meanings: [{ cause }] })
    expect(explainSdkError(number, { from }).meanings).toEqual(explanation.meanings)
  })

  it.each(['joinChannel failed: -17', 'joinChannel returned -17', 'ret: -17'])(
    'hears %j',
    (text) => {
      expect(causes(text)).toEqual(['ALREADY_JOINED'])
    },
  )

  it('says all that a number can mean', () => {
    const { kind, meanings, message } = explainSdkError(110)
    expect(kind).toBe('ambiguous')
    expect(meanings.map(({ sdks }) => sdks)).toEqual([['web'], ['native'], ['chat']])
    for (const name of ['Web', 'Native', 'Chat']) expect(message).toContain(name)
  })

  it.each([5, 9, { code: 5 }, 'code 5'])('does not take %o for one thing', (error) => {
    expect(explainSdkError(error).kind).toBe('ambiguous')
    expect(explainSdkError(error, { sdk: 'native' }).kind).toBe('ambiguous')
    expect(explainSdkError(error, { sdk: 'rtm-v1' }).kind).not.toBe('known')
  })

  it.each([
    'Invalid token / 110, why?',
    'Invalid token (110)',
    '110 token is invalid',
    'error 110 Invalid token from token server',
  ])('hears the number in %j', (text) => {
    expect(causes(text, { sdk: 'native' })).toEqual(['TOKEN_REFUSED_OR_MISSING'])
  })

  it.each(['Invalid token', 'invalid token.', { message: 'Invalid token' }])(
    'says all that may say %o',
    (error) => {
      const { kind, meanings } = explainSdkError(error)
      expect(kind).toBe('ambiguous')
      expect(meanings.flatMap(({ sdks }) => sdks)).toEqual(['rtm', 'rtm-v1', 'rest'])
    },
  )

  it.each<[object, SdkErrorCause]>([
    [
      {
        message: 'Request failed with status code 401',
        config: { url: 'https://api.agora.io/api/conversational-ai-agent/v2/projects/x/join' },
        response: { status: 401, data: { detail: 'x' } },
      },
      'CREDENTIALS_REFUSED',
    ],
    [{ status: 401, url: 'https://a41.chat.agora.io/1/2/users' }, 'CHAT_CREDENTIALS_REFUSED'],
  ])('hears from the address of %o which API it was', (error, cause) => {
    expect(causes(error)).toEqual([cause])
  })

  it('says of 401 what each API may mean', () => {
    expect(explainSdkError('GET https://a1.test/users 401 (Unauthorized)').kind).toBe('ambiguous')
    expect(causes({ status: 401 })).toEqual(['CHAT_CREDENTIALS_REFUSED', 'CREDENTIALS_REFUSED'])
    expect(causes('Request failed with status code 401')).toHaveLength(2)
  })

  it('names what other SDKs mean by it where the one that was named knows it not', () => {
    const { kind, meanings, message } = explainSdkError(118, { sdk: 'native' })
    expect(kind).toBe('unknown')
    expect(meanings).toMatchObject([{ sdks: ['web'], cause: 'TOKEN_ENDED' }])
    expect(message).toContain('not known')
  })
})

describe('explainSdkError of what it does not know', () => {
  it.each<[unknown]>([
    ['Something went wrong'],
    [''],
    ['12:01:10:110 Agora-SDK [INFO]: [client-110ab] start join channel 109, join number: 110'],
    ['https://example.test:110/api/109?code=x 120 ms'],
    ['120 users joined the room'],
    ['at http://localhost:64257/iris-web-rtc_n423_w4182_0.3.0.js:2:110'],
    [new Error('Network Error')],
    [new TypeError("Cannot set properties of undefined (setting 'token')")],
    [webError('DEVICE_NOT_FOUND', 'NotFoundError')],
    [webError('WS_ABORT')],
    [{ type: 110, message: 'x' }],
    [{ uid: 110, token: 109, channel: 'TOKEN_EXPIRE' }],
    [{ status: 200 }],
    ['MY_TOKEN_EXPIRED_FLAG'],
    ['JsonWebTokenError: invalid token'],
    [{ name: 'JsonWebTokenError', message: 'invalid token' }],
    [{ status: 401, message: 'jwt expired' }],
    ['the process exited with code 1'],
    ['exit code: 5'],
    ['failed 17 times'],
    ['cross channel ap error, code109'],
    ['token expired'],
    ['AgoraRTCError INVALID_PARAMS: Invalid channel: Length of the string: [1,64]'],
    [4711],
    [Number.NaN],
    [undefined],
    [null],
    [true],
    [Symbol('TOKEN_EXPIRE')],
    [() => 'TOKEN_EXPIRE'],
    [{}],
    [[]],
  ])('%o is unknown', (error) => {
    const explanation = explainSdkError(error)
    expect(explanation).toMatchObject({ kind: 'unknown', meanings: [], because: [] })
    expect(explanation.message).toContain('not known')
  })
})

describe('explainSdkError of anything', () => {
  const throwing = () => {
    throw new Error('no')
  }
  const hostile = new Proxy(
    {},
    { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
  )
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const cyclic: Record<string, unknown> = { code: 'TOKEN_EXPIRE' }
  cyclic['cause'] = cyclic
  const endless: object = new Proxy({}, { get: () => endless })

  it.each([
    ['members that throw', hostile],
    ['a revoked proxy', revoked.proxy],
    ['members without end', endless],
    ['a message that throws', Object.defineProperty(new Error('x'), 'message', { get: throwing })],
    ['no prototype', Object.assign(Object.create(null), { code: 1.5 })],
    ['a very long text', `${'x"'.repeat(500_000)} code ${'"'.repeat(500_000)}`],
  ])('does not throw for %s', (_, error) => {
    expect(explainSdkError(error).kind).toBe('unknown')
  })

  it('reads around itself once', () => {
    expect(causes(cyclic)).toEqual(['TOKEN_ENDED_OR_REFUSED'])
  })

  it('never throws', () => {
    const sdks = fc.constantFrom<SdkName | undefined>(
      'web',
      'native',
      'rtm',
      'rtm-v1',
      'chat',
      'rest',
      undefined,
    )
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
        sdks,
        (error, sdk) => {
          const { kind, message } = explainSdkError(error, sdk ? { sdk } : {})
          expect(['known', 'ambiguous', 'unknown']).toContain(kind)
          expect(message).not.toBe('')
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('repeats no token of the text', () => {
    const texts = [
      `joining with ${token} failed: invalid token, authorized failed`,
      `{"x-agora-token":"${token}","message":"invalid token","__status":401}`,
      `code 110 ${token}`,
      token,
    ]
    for (const text of texts) {
      const answer = JSON.stringify([
        explainSdkError(text),
        explainSdkError({ message: text, token }),
      ])
      for (let at = 0; at + 12 < token.length; at += 6) {
        expect(answer).not.toContain(token.slice(at, at + 12))
      }
    }
  })

  it.each([
    'code ',
    '("',
    '"',
    'onConnectionStateChanged 1 ',
    '1 ',
    '/ 1',
    'http/1.1 ',
    'a\n',
    'TOKEN_EXPIRE',
    '-',
  ])('takes no time for %j over and over', (text) => {
    const before = process.cpuUsage()
    for (const error of [text.repeat(100_000), [text.repeat(9000), text.repeat(9000)]]) {
      explainSdkError(error)
    }
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
  })

  it('finds no numbers in tokens', () => {
    expect(explainSdkError(`${'A'.repeat(60)}/110+`).kind).toBe('unknown')
  })
})

describe('explainSdkError with a token', () => {
  const refused = gatewayError('invalid token, authorized failed')
  const ended = gatewayError('dynamic key expired')

  it('names what in the token leads to the error', () => {
    const { because, message } = explainSdkError(refused, { ...good, channel: 'room-43' })
    expect(because[0]).toMatchObject({ code: 'CHANNEL_MISMATCH' })
    expect(message).toContain(because[0]!.message)
    expect(message).toContain(because[0]!.remedy)
  })

  it.each<[string, Error, object, string]>([
    ['another user', refused, { uid: 5 }, 'USER_MISMATCH'],
    ['another App ID', refused, { appId: appCertificate }, 'APP_ID_MISMATCH'],
    ['its end', ended, { now: issuedAt + 3600 }, 'TOKEN_ENDED'],
    [
      'its end',
      webError('TOKEN_EXPIRE', 'dynamic key expired'),
      { now: issuedAt + 3600 },
      'TOKEN_ENDED',
    ],
    ['another user', webError('TOKEN_EXPIRE', 'dynamic key expired'), { uid: 5 }, 'USER_MISMATCH'],
    [
      'a claim of a week',
      gatewayError('dynamic key or token timeout'),
      { token: tokenOf({ expiresIn: 604_800 }), now: issuedAt + 86_401 },
      'TOKEN_ENDED',
    ],
    ['nothing', gatewayError('dynamic use static key'), { token: '' }, 'TOKEN_MISSING'],
    ['null', gatewayError('dynamic use static key'), { token: null }, 'TOKEN_MISSING'],
  ])('finds %s behind it', (_, error, change, code) => {
    const { because } = explainSdkError(error, { ...good, ...change })
    expect(because.map((found) => found.code)).toContain(code)
  })

  const rtm = { service: 'rtm' as const, userId: 'alice', privileges: { login: 3600 } }
  const chat = { service: 'chat' as const, userId: 'alice', privileges: { user: 3600 } }
  const notLoggedIn = { error: true, reason: 'Invalid token.', errorCode: -10005 }

  it.each<[string, unknown, readonly object[], SdkErrorOptions, string]>([
    ['a token for calls at messaging', notLoggedIn, [rtc], { userId: 'alice' }, 'SERVICE_MISMATCH'],
    ['the same in RTM 1.x', 'RTM ERROR 5 LOGIN_ERR_INVALID_TOKEN', [rtc], {}, 'SERVICE_MISMATCH'],
    ['another user of messaging', notLoggedIn, [rtm], { userId: 'bob' }, 'USER_MISMATCH'],
    ['a token for messaging in a call', refused, [rtm], { uid: 7 }, 'SERVICE_MISMATCH'],
    ['a token for messaging at Chat', { type: 28 }, [rtm], { userId: 'alice' }, 'SERVICE_MISMATCH'],
    ['another user of Chat', { type: 28 }, [chat], { userId: 'bob' }, 'USER_MISMATCH'],
    ['a number, whose SDK is named', 110, [rtm], { sdk: 'native' }, 'SERVICE_MISMATCH'],
  ])('knows the door: %s', (_, error, services, options, code) => {
    const { because } = explainSdkError(error, { token: tokenOf({ services }), now, ...options })
    expect(because[0]).toMatchObject({ code, severity: 'fatal' })
  })

  it('lets the caller name the door, and takes no side where it cannot be told', () => {
    const token = tokenOf({ services: [rtc] })
    const stream = { token, now, channel: 'room-42', uid: 1234 }
    expect(explainSdkError(notLoggedIn, stream).because).toEqual([])
    expect(explainSdkError(notLoggedIn, { ...stream, service: 'rtm' }).because[0]).toMatchObject({
      code: 'SERVICE_MISMATCH',
    })
    expect(explainSdkError(110, { token, now }).because.map(({ code }) => code)).not.toContain(
      'SERVICE_MISMATCH',
    )
  })

  it('puts a fault that leads elsewhere apart', () => {
    const { because, message, token: explanation } = explainSdkError(ended, { ...good, uid: 5 })
    expect(because).toEqual([])
    expect(explanation?.findings[0]).toMatchObject({ code: 'USER_MISMATCH' })
    expect(message).toContain('The token has a fault of its own')
  })

  it('says that nothing in the token leads to it', () => {
    const { because, message } = explainSdkError(refused, good)
    expect(because).toEqual([])
    expect(message).toContain('Nothing found in the token leads to it')
  })

  it('does not bring the token into what is not about it', () => {
    const { because, message } = explainSdkError(webError('UID_CONFLICT'), good)
    expect(because).toEqual([])
    expect(message).not.toContain('oken leads')
  })

  it('explains the token of an error that it does not know', () => {
    const { kind, token: explanation, message } = explainSdkError('?', { ...good, uid: 5 })
    expect(kind).toBe('unknown')
    expect(explanation).toEqual(explainToken(token, { appId, channel: 'room-42', uid: 5, now }))
    expect(message).toContain('The token has a fault of its own')
  })

  it('explains with what it is given, and by itself where that fails', () => {
    const own = explainToken('')
    expect(explainSdkError(refused, { ...good, explain: () => own }).token).toBe(own)
    const explain = () => {
      throw new Error('no')
    }
    expect(explainSdkError(refused, { ...good, explain }).token).toEqual(
      explainToken(token, { service: 'rtc', appId, channel: 'room-42', uid: 1234, now }),
    )
  })
})

describe('SDK_ERRORS', () => {
  it('says each error once', () => {
    const keys = SDK_ERRORS.map(({ sdks, says }) => `${sdks.join()} ${says}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(120)
  })

  it('has a source for each', () => {
    for (const { source } of SDK_ERRORS) {
      expect(source).toMatch(
        /^(?:https:\/\/(?:docs|api-ref)\.agora\.io\/|https:\/\/github\.com\/AgoraIO\/|(?:agora-|react-native-agora)[a-z-]* \d)/,
      )
    }
  })

  it('tells in each remedy what to do, in the calls of the SDK', () => {
    const calls = {
      web: /\b(?:login|logout|joinChannel|leaveChannel|open|close)\(/,
      native: /\b(?:login|logout|join|leave|open|close)\(/,
      rtm: /\b(?:join|leave|joinChannel|leaveChannel|open|close)\(/,
      'rtm-v1': /\b(?:join|leave|joinChannel|leaveChannel|open|close)\(/,
      chat: /\b(?:join|leave|login|joinChannel|leaveChannel)\(/,
      rest: /[{}]/,
    } satisfies Record<SdkName, RegExp>
    for (const { sdks, remedy } of SDK_ERRORS) {
      expect(remedy).toMatch(IMPERATIVE)
      expect(remedy).not.toMatch(/[{}]/)
      for (const sdk of sdks) expect(remedy).not.toMatch(calls[sdk])
    }
  })

  it.each(SDK_ERRORS)('$sdks.0: $says is found by its own words', ({ sdks, says, cause }) => {
    const [sdk] = sdks
    expect(causes(says, { sdk: sdk!, from: says })).toContain(cause)
  })
})
