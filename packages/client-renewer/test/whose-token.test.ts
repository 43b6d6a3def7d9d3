import { describe, expect, it } from 'vitest'
import { mint, session, several } from './support/session.ts'

// Whose token it is, and for which channel, from the source to the SDK.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const WAYS_OUT = /for any user expected, got one for user 44: set `uid` of the adapter, or return/

describe('a token that names its user', () => {
  const token = mint(3600, { uid: 44 })

  it.each([token, { token }, { token, uid: 0 }])(
    'is refused, with both ways out, when the session joins without one',
    async (answer) => {
      const { client, renewer } = session({ source: () => answer })
      const refused = { code: 'GRANT_SCOPE', message: expect.stringMatching(WAYS_OUT) as string }
      await expect(renewer.join()).rejects.toMatchObject(refused)
      expect(client.calls).toEqual([])
    },
  )

  it('is taken by either way out', async () => {
    const byAdapter = session({ source: () => token, uid: 44 })
    await expect(byAdapter.renewer.join()).resolves.toBe(44)
    const bySource = session({ source: () => ({ token, uid: 44 }) })
    await expect(bySource.renewer.join()).resolves.toBe(44)
    expect(bySource.client.calls).toEqual(['join room 44'])
  })

  it('is refused when the source names another', async () => {
    const { renewer } = session({ source: () => ({ token, uid: 45 }) })
    await expect(renewer.join()).rejects.toThrow('for user 45 expected, got one for user 44')
  })
})

describe('a token with several channels', () => {
  const orders: [string, string][] = [
    ['lobby', 'room'],
    ['room', 'lobby'],
  ]

  // A token of an hour with a right of 60 s in the lobby.
  const rights = (channels: readonly string[]) =>
    several(channels.map((channel) => [channel, channel === 'lobby' ? 60 : 3600] as const))

  it.each(orders)(
    'lives as long as the right in the one that is joined: [%s, %s]',
    async (...order) => {
      const { renewer } = session({ source: () => rights(order) })
      await renewer.join()
      expect(renewer.remainingMs).toBe(3_600_000)
    },
  )

  it.each(orders)('does so also when the app has joined by itself: [%s, %s]', async (...order) => {
    const { client, renewer } = session()
    await client.join(APP_ID, 'room', 'token', 4711)
    renewer.start(rights(order))
    expect(renewer.remainingMs).toBe(3_600_000)
  })

  it('is refused in a third', async () => {
    const { renewer } = session({ source: () => rights(['lobby', 'hall']) })
    await expect(renewer.join()).rejects.toThrow(
      'for channel room expected, got one for channel lobby and hall',
    )
  })
})

describe('a session that the app has joined by itself', () => {
  it('takes a token for its user where the adapter does not know that', async () => {
    const { adapter, client, renewer, server } = session()
    await client.join(APP_ID, 'room', 'token', 44)
    adapter.scope = () => ({ service: 'rtc', channel: 'room', user: 0 })
    renewer.start(mint(3600, { uid: 44 }))
    server.mint = (ttl) => mint(ttl, { uid: 44, issuedAt: 1_795_000_001 })
    await expect(renewer.renew()).resolves.toBeUndefined()
  })
})
