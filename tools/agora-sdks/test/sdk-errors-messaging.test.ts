// @vitest-environment jsdom
import { createToken, rtm } from '@rtc-token/core'
import {
  explainSdkError,
  type SdkErrorCause,
  type SdkErrorOptions,
} from '@rtc-token/core/sdk-errors'
import type Chat from 'agora-chat'
import type Rtm from 'agora-rtm-sdk'
import type RtmV1 from 'agora-rtm-sdk-v1'
import { beforeAll, describe, expect, it, vi } from 'vitest'

// What the real SDKs for messaging and chat throw. Their network is cut off: these are errors that they find by
// themselves.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const OTHER = '5CFd2fd1755d40ecb72977518be15d3b'

let sdk: typeof Rtm
let sdkChat: typeof Chat
let sdkV1: typeof RtmV1

beforeAll(async () => {
  class Idle {
    readonly upload = { addEventListener() {} }
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {}
    close() {}
    addEventListener() {}
    postMessage() {}
    terminate() {}
  }
  const names = ['WebSocket', 'XMLHttpRequest', 'RTCPeerConnection', 'Worker']
  for (const name of names) vi.stubGlobal(name, Idle)
  const { default: calls } = await import('agora-rtc-sdk-ng')
  calls.setLogLevel(4)
  sdk = (await import('agora-rtm-sdk')).default
  sdkV1 = (await import('agora-rtm-sdk-v1')).default
  sdkChat = (await import('agora-chat')).default
})

function tokenOf(appId: string): string {
  const services = [rtm({ userId: 'anna' })]
  return createToken({
    appId,
    appCertificate: appId === APP_ID ? OTHER : APP_ID,
    ttl: 60,
    services,
  })
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable('the call did not fail'),
    (error: unknown) => error,
  )
}

/** What an error is said to mean, as an object and printed. */
function meaningsOf(error: unknown, options?: SdkErrorOptions): readonly SdkErrorCause[] {
  return [error, String(error)].flatMap((form) => {
    const { kind, meanings } = explainSdkError(form, options)
    expect(kind).toBe('known')
    return meanings.map(({ cause }) => cause)
  })
}

describe('explainSdkError of what agora-rtm-sdk throws', () => {
  const make = () => new sdk.RTM(APP_ID, 'anna', { logLevel: 'none' })

  it('where it is renewed before the login', async () => {
    const error = await thrownBy(make().renewToken(tokenOf(APP_ID)))
    expect(meaningsOf(error)).toEqual(['NOT_CONNECTED', 'NOT_CONNECTED'])
  })

  it.each([
    [-10_005, 'Invalid token.', 'TOKEN_REFUSED'],
    [
      -10_005,
      'Invalid token. detail: NO_AUTHORIZED, Signature verification failed.',
      'TOKEN_SIGNATURE',
    ],
    [-10_009, 'Token is expired.', 'TOKEN_ENDED'],
    [-10_026, 'RenewToken operation timeout.', 'TIMED_OUT'],
  ] as const)('with %s: %s', (code, reason, cause) => {
    const error = new sdk.RTMBaseError('login', reason, code)
    expect(meaningsOf(error)).toEqual([cause, cause])
    const { operation, errorCode } = error
    expect(explainSdkError({ error: true, reason, operation, errorCode })).toMatchObject({
      kind: 'known',
      meanings: [{ cause }],
    })
  })
})

describe('explainSdkError of what agora-rtm-sdk 1.x throws', () => {
  const make = () =>
    sdkV1.createInstance(APP_ID, { enableLogUpload: false, logFilter: sdkV1.LOG_FILTER_OFF })

  it('where it is renewed before the login', async () => {
    const error = await thrownBy(make().renewToken(tokenOf(APP_ID)))
    expect(meaningsOf(error)).toEqual(['NOT_JOINED', 'NOT_JOINED'])
  })

  it('where the user of a login is too long', async () => {
    const error = await thrownBy(make().login({ uid: 'a'.repeat(65), token: tokenOf(APP_ID) }))
    expect(meaningsOf(error, { from: 'login' })).toEqual(['ARGUMENT_INVALID', 'ARGUMENT_INVALID'])
    expect(explainSdkError(error).meanings).toMatchObject([{ sdks: ['rtm-v1'] }])
  })
})

describe('explainSdkError of what agora-chat throws', () => {
  it.each(['', undefined])('where the token of a login is %o', async (accessToken) => {
    sdkChat.logger.disableAll()
    const connection = new sdkChat.connection({ appKey: '41#rtc-token' })
    const login = { user: 'anna', accessToken } as { user: string; accessToken: string }
    const error = await thrownBy(connection.open(login))
    expect(explainSdkError(error, { token: accessToken ?? null })).toMatchObject({
      kind: 'known',
      meanings: [{ sdks: ['chat'], cause: 'TOKEN_NOT_USABLE' }],
      because: [{ code: 'TOKEN_MISSING' }],
    })
  })
})
