import type { ChatClient, ChatConnectEventListener } from 'react-native-agora-chat'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import {
  chatNative,
  type ChatNativeClient,
  type ChatNativeListener,
} from '../src/adapters/chat-native.ts'
import { adapterContract, contractSession } from '../src/testing/index.ts'
import { loadNativeChat, type NativeChat } from './support/native-chat-client.ts'

// The real JavaScript half of react-native-agora-chat over a stub of its native half.

let chat: NativeChat
beforeAll(() => {
  chat = loadNativeChat()
})
afterAll(() => chat.remove())

function make(logsOutAtTheEnd = true) {
  const { client, driver, tell } = chat.start(logsOutAtTheEnd)
  return { adapter: chatNative(client, { user: 'anna' }), driver, client, tell }
}

async function joined(logsOutAtTheEnd = true) {
  const under = make(logsOutAtTheEnd)
  const it = contractSession(under)
  await it.settled(it.renewer.join())
  return { ...it, client: under.client, tell: under.tell }
}

describe('chatNative', () => {
  it('takes the client of the real SDK', () => {
    expectTypeOf<ChatClient>().toExtend<ChatNativeClient>()
    expectTypeOf<Omit<ChatClient, 'logout'>>().not.toExtend<ChatNativeClient>()
    expectTypeOf<ChatNativeListener>().toExtend<ChatConnectEventListener>()
    expectTypeOf<keyof ChatConnectEventListener>().toEqualTypeOf<keyof ChatNativeListener>()
    expectTypeOf<ChatClient>().not.toBeAny()
  })

  it('says who is logged in', async () => {
    const { client, adapter } = await joined()
    expect([client.currentUserName, adapter.link()]).toEqual(['anna', 'online'])
  })

  it.each([
    ['onUserDidLoginFromOtherDevice', 'conflict'],
    ['onUserDidLoginTooManyDevice', 'conflict'],
    ['onUserKickedByOtherDevice', 'conflict'],
    ['onUserDidRemoveFromServer', 'banned'],
    ['onUserDidForbidByServer', 'banned'],
    ['onUserDidChangePassword', 'banned'],
    ['onAppActiveNumberReachLimit', 'lost'],
  ])('takes %s for %s, also when the line is told to be down before', async (event, cause) => {
    const { told, tell, clock } = await joined()
    tell('onDisconnected')
    tell(event, {})
    await clock.advance(0)
    expect(told.filter(({ event }) => event === 'stopped')).toEqual([
      { event: 'stopped', args: [cause] },
    ])
  })

  it('takes an authentication that failed for the end of the token', async () => {
    const { tell, clock, count, handed } = await joined(false)
    tell('onUserAuthenticationFailed')
    await clock.advance(1000)
    expect([count('expired'), count('rejoined'), handed()]).toEqual([1, 1, ['join 1', 'join 2']])
  })

  it('adopts a login that the app has made', async () => {
    const { adapter, driver, client } = make()
    await client.loginWithAgoraToken('anna', '007first')
    const { renewer, clock, source } = contractSession({ adapter, driver })
    renewer.start({ token: '007first', expiresIn: 3600 })
    await clock.advance(2_700_000)
    expect(driver.given.map(({ by, token }) => [by, token])).toEqual([
      ['join', '007first'],
      ['renew', source.tokens[0]],
    ])
  })

  it('logs in again where an earlier run of the app has left the user logged in', async () => {
    const { adapter, driver, client } = make()
    await client.loginWithAgoraToken('anna', '007before')
    Object.assign(client, { _currentUsername: '' })
    const { renewer, settled, handed } = contractSession({ adapter, driver })
    await expect(settled(renewer.join())).resolves.toBe('anna')
    expect(handed()).toEqual(['join 0', 'join 1'])
  })

  it('can join again after the user was put out, though the SDK goes on naming the user', async () => {
    const { renewer, driver, client, clock, settled } = await joined()
    driver.ban?.()
    await clock.advance(0)
    expect([renewer.phase, client.currentUserName]).toEqual(['stopped', 'anna'])
    await expect(settled(renewer.join())).resolves.toBe('anna')
  })

  it('gives the client to the renewer that started last, and tells both', async () => {
    const { renewer, client, driver, told, clock } = await joined()
    const adapter = chatNative(client, { user: 'anna' })
    const other = contractSession({ adapter, driver })
    other.renewer.start({ token: '007other', expiresIn: 3600 })
    await clock.advance(0)
    expect([renewer.phase, other.renewer.phase]).toEqual(['idle', 'fresh'])
    for (const notices of [told, other.told]) {
      expect(notices).toContainEqual({
        event: 'notice',
        args: [expect.objectContaining({ code: 'TAKEN_OVER' })],
      })
    }
  })

  it('does not log in once more when the user has left meanwhile', async () => {
    const { adapter, driver, client } = make()
    await client.loginWithAgoraToken('anna', '007before')
    Object.assign(client, { _currentUsername: '' })
    const { renewer, clock } = contractSession({ adapter, driver })
    const logout = client.logout.bind(client)
    const halts: (() => void)[] = []
    client.logout = async (unbind) => {
      await new Promise<void>((go) => halts.push(go))
      await logout(unbind)
    }
    renewer.join().catch(() => {})
    await clock.advance(0)
    renewer.leave().catch(() => {})
    for (let i = 0; i < 3; i++) {
      await clock.advance(100)
      for (const go of halts.splice(0)) go()
    }
    await clock.advance(1000)
    expect(driver.given.map(({ token }) => token)).toEqual(['007before'])
  })

  it('says why a login is refused, without the token', async () => {
    const { adapter, driver } = make()
    driver.set('join', 'refuse')
    const { renewer, settled } = contractSession({ adapter, driver })
    await expect(settled(renewer.join())).rejects.toMatchObject({
      code: 'JOIN_FAILED',
      message: 'join failed: react-native-agora-chat: 104 The token is wrong: …',
    })
  })
})

for (const logsOut of [true, false]) {
  describe(`chatNative where the end of a token ${logsOut ? 'logs out' : 'only disconnects'}`, () => {
    for (const check of adapterContract(() => make(logsOut))) it(check.name, check.run)
  })
}
