import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { SEAT } from './ask.ts'

vi.stubEnv('PORT', '0')
const { server } = await import('../src/server.ts')
if (!server.listening) await once(server, 'listening')
const { port } = server.address() as AddressInfo
afterAll(() => void server.close())

const HERE = `http://localhost:${port}`

/** What the page gets, and then the kit at the address in it. */
async function seated() {
  const answer = await fetch(`${HERE}/seat`, { headers: { cookie: 'session=ann' } })
  const seat = (await answer.json()) as typeof SEAT & { readonly appId: string }
  return { ...seat, tokenUrl: seat.tokenUrl.replace('http://localhost:3000', HERE) }
}

describe('the server of docs/ui-kits.md', () => {
  it('gives a signed-in user a seat, and the kit its tokens without a header', async () => {
    const { appId, uid, tokenUrl } = await seated()
    expect({ appId, uid }).toEqual({ appId: process.env['AGORA_APP_ID'], uid: SEAT.uid })
    for (const [path, name] of [
      [`/rtc/stage/publisher/uid/${uid}/`, 'rtcToken'],
      [`/rtm/${uid}`, 'rtmToken'],
    ]) {
      const reply: unknown = await (await fetch(tokenUrl + path)).json()
      expect(reply).toEqual({ [String(name)]: expect.stringMatching(/^007/) })
    }
  })

  it('gives nothing without a sign-in or a ticket', async () => {
    expect((await fetch(`${HERE}/seat`)).status).toBe(401)
    expect((await fetch(`${HERE}/agora/rtc/stage/publisher/uid/${SEAT.uid}/`)).status).toBe(401)
  })
})
