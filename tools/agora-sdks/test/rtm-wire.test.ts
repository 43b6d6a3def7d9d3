// @vitest-environment jsdom
import { createRenewer, type Renewer, type TokenRequest } from '@rtc-token/client-renewer'
import { rtm } from '@rtc-token/client-renewer/rtm'
import { createToken, rtm as rtmService } from '@rtc-token/core'
import { createRtmService, type RtmService } from '@rtc-token/edge/rtm'
import type * as Web from 'agora-rtm-sdk'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { routePage } from './support/route-page.ts'

// The real agora-rtm-sdk 2.3 over real sockets, as far as its protocol shows without reading the SDK: login,
// renewal, refusal, a line that breaks. How the service warns and puts a user out is not known: for those see
// rtm.test.ts.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'

let service: RtmService
let sdk: typeof Web.default
let users = 0
let renewer: Renewer | undefined

beforeAll(async () => {
  service = await createRtmService()
  routePage(service.port)
  // Its timers are in a worker, which jsdom does not have.
  class Idle {
    postMessage() {}
    addEventListener() {}
    terminate() {}
  }
  for (const name of ['Worker', 'RTCPeerConnection']) vi.stubGlobal(name, Idle)
  const { default: rtc } = await import('agora-rtc-sdk-ng')
  rtc.setLogLevel(4)
  sdk = (await import('agora-rtm-sdk')).default
})
afterEach(async () => {
  Object.assign(service.codes, { join: 0, renew: 0 })
  await renewer?.leave()
  renewer = undefined
})
// The page stays led to the service, lest the SDK’s reports go out.
afterAll(() => service.close())

function make() {
  const userId = `anna${++users}`
  const client = new sdk.RTM(APP_ID, userId, { logLevel: 'none' })
  const tokens: string[] = []
  const source = ({ scope }: TokenRequest) => {
    const services = [rtmService({ userId: String(scope.user) })]
    // Each lives a second longer, so that no two are the same.
    const ttl = 3600 + tokens.length
    const token = createToken({ appId: APP_ID, appCertificate: APP_CERTIFICATE, ttl, services })
    tokens.push(token)
    return token
  }
  renewer = createRenewer(rtm(client, { userId }), { source })
  const seen = () => service.seen.filter(({ user }) => user === userId)
  return { renewer, client, tokens, userId, seen }
}

describe('rtm with the real agora-rtm-sdk and its protocol', () => {
  it('logs in and renews: the service sees the token that the source gave', async () => {
    const { renewer, tokens, seen } = make()
    await renewer.join()
    expect(seen()).toContainEqual(expect.objectContaining({ by: 'join', token: tokens[0] }))
    await renewer.renew()
    expect(seen()).toContainEqual(expect.objectContaining({ by: 'renew', token: tokens[1] }))
    expect(renewer.phase).toBe('fresh')
  })

  it('says in the words of the SDK that a login was refused', async () => {
    const { renewer } = make()
    service.codes.join = 109
    await expect(renewer.join()).rejects.toMatchObject({
      code: 'JOIN_FAILED',
      message: expect.stringContaining('-10012 Login RTM service was rejected'),
    })
    expect(renewer.phase).toBe('idle')
  })

  it('tries again with another token when one is refused', async () => {
    const { renewer, tokens, seen } = make()
    await renewer.join()
    service.codes.renew = 109
    const refused = new Promise((resolve) => void renewer.once('retry', resolve))
    const renewing = renewer.renew()
    const message = 'renew failed: agora-rtm: -10005 Invalid token.'
    await expect(refused).resolves.toMatchObject({ error: { code: 'RENEW_FAILED', message } })
    service.codes.renew = 0
    await renewing
    expect(seen()).toContainEqual(expect.objectContaining({ by: 'renew', token: tokens.at(-1) }))
  })

  it('comes back by itself when the line breaks, with the token that was renewed', async () => {
    const { renewer, tokens, seen } = make()
    await renewer.join()
    await renewer.renew()
    const before = seen().length
    service.cut()
    const isBack = () =>
      seen()
        .slice(before)
        .some(({ by, token }) => by === 'join' && token === tokens[1])
    await vi.waitUntil(isBack, { timeout: 45_000, interval: 20 })
    expect(renewer.phase).toBe('fresh')
  })
})
