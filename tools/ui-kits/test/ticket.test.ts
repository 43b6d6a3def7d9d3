import { type DecodedToken007, decodeToken } from '@rtc-token/core'
import { allow, createTokenHandler } from '@rtc-token/server'
import { describe, expect, it, vi } from 'vitest'

import { accessToken, askAt, handler, options, SEAT, seatOf } from './ask.ts'

const { tokenUrl, uid } = SEAT
const LISTENER = await seatOf('bob', 'stage', false)

describe('a ticket of docs/ui-kits.md', () => {
  it('lets a listener in with less than their kit asks for', async () => {
    const { reply } = await askAt(`${LISTENER.tokenUrl}/rtc/stage/publisher/uid/${LISTENER.uid}/`)
    const { services } = decodeToken(String(reply['rtcToken'])) as DecodedToken007
    expect(services).toMatchObject([{ privileges: { joinChannel: 3600 } }])
    expect(services).not.toMatchObject([{ privileges: { publishAudioStream: 3600 } }])
  })

  it.each([
    ['another call', `/rtc/other/publisher/uid/${uid}/`, 'channel_forbidden'],
    ['every call', `/rtc/*/publisher/uid/${uid}/`, 'wildcard_refused'],
    ['another user', '/rtc/stage/publisher/uid/8/', 'identity_forbidden'],
    ['the screen', '/rtc/stage/publisher/uid/1/', 'identity_forbidden'],
    ['every user', '/rtc/stage/publisher/uid/0/', 'identity_invalid'],
    ['another user of messaging', '/rtm/8', 'identity_forbidden'],
    ['every user of messaging', '/rtm/*', 'wildcard_refused'],
    ['chat', `/chat/account/${uid}/`, 'invalid_request'],
    ['the chat of the app', '/chat/app/', 'not_found'],
    ['both elsewhere', `/rte/other/publisher/uid/${uid}/`, 'channel_forbidden'],
    ['both as two', `/rte/stage/publisher/uid/${uid}/8/`, 'identity_ambiguous'],
  ])('does not open %s', async (_name, path, code) => {
    const { reply } = await askAt(tokenUrl + path)
    expect(reply).toMatchObject({ code, message: reply['error'] })
    expect(JSON.stringify(reply)).not.toMatch(/00[67]eJ/)
  })

  it('opens the call and messaging together', async () => {
    const { reply } = await askAt(`${tokenUrl}/rte/stage/publisher/uid/${uid}/${uid}/`)
    expect(Object.keys(reply)).toEqual(['rtcToken', 'rtmToken'])
  })
})

it('opens the screen of its user, and no other, with the second uid of docs/ui-kits.md', async () => {
  const uids = { uid: 7, screen: 8 }
  const { fetch } = createTokenHandler({
    ...options,
    authenticate: () => uids,
    authorize: ({ subject: { uid, screen }, wish }) =>
      allow({ identity: { uid: wish.identity?.uid === screen ? screen : uid }, role: 'publisher' }),
  })
  const asked = [7, 8, 9].map((uid) =>
    fetch(new Request(`https://tokens.example/rtc/stage/publisher/uid/${uid}/`)),
  )
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 403])
})

describe('a query', () => {
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const response = await accessToken(new Request(url, { headers }), { ip: '203.0.113.7' })
    return { status: response.status, reply: (await response.json()) as Record<string, unknown> }
  }
  const query = `access_token?channelName=stage&uid=${uid}`

  it('becomes a request, with a ticket in the path or in a header', async () => {
    const authorization = `Bearer ${tokenUrl.replace(/.*\//, '')}`
    const bare = `https://tokens.example/agora/${query}&role=publisher`
    for (const { status, reply } of [
      await ask(`${tokenUrl}/${query}&role=publisher`),
      await ask(bare, { authorization }),
    ]) {
      expect(status).toBe(200)
      expect(reply).toMatchObject({ channel: 'stage', uid, role: 'publisher', services: ['rtc'] })
    }
  })

  it('gets the problem that the request gets', async () => {
    expect((await ask(`https://tokens.example/${query}`)).reply).toMatchObject({
      code: 'unauthenticated',
    })
    expect((await ask(`${tokenUrl}/access_token`)).reply).toMatchObject({ code: 'channel_invalid' })
    expect((await ask(`${tokenUrl}/${query}&role=host`)).reply).toMatchObject({
      code: 'role_unknown',
    })
  })

  it('takes along what was sent, save the cookies', async () => {
    const fetch = vi.spyOn(handler, 'fetch')
    await ask(`https://tokens.example/${query}`, { cookie: 'sid=1', 'x-request-id': 'seven' })
    const [request] = fetch.mock.lastCall ?? []
    const sent = Object.fromEntries(request?.headers ?? [])
    expect(sent).toEqual({ 'content-type': 'application/json', 'x-request-id': 'seven' })
  })
})
