import { isTokenReply } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { itAnswersEveryCase, replyOfHandler, TITLED_CASES } from './each-case.ts'
import { REQUEST_ID } from './host-case.ts'
import { LAMBDA_HOSTS } from './lambda-hosts.ts'
import { nestHost } from './nest-host.ts'
import { NODE_HOSTS } from './node-hosts.ts'
import { WEB_HOSTS } from './web-hosts.ts'

describe('the handler itself', () => {
  it.each(TITLED_CASES)('answers %s', async (_title, hostCase) => {
    const { status, headers, body } = await replyOfHandler(hostCase)
    expect(status).toBe(hostCase.status)
    if (status === 204 || status === 304) return expect(body).toBe('')
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': REQUEST_ID })
    const json: unknown = JSON.parse(body)
    if (hostCase.code === undefined) return expect(isTokenReply(json)).toBe(true)
    return expect(json).toMatchObject({ code: hostCase.code, requestId: REQUEST_ID })
  })
})

describe.each([...WEB_HOSTS, ...NODE_HOSTS, nestHost, ...LAMBDA_HOSTS])('$name', itAnswersEveryCase)
