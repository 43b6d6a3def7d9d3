import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { native, nativeEx, type NativeOptions } from '../src/adapters/native/native.ts'
import { adapterContract, contractSession } from '../src/testing/index.ts'
import { type ElectronEngine, loadElectronEngine } from './support/electron-engine.ts'

// The real JavaScript half of agora-electron-sdk, which makes JSON of every call and calls handlers for
// every JSON that it is told, over a stub of the native half.

const CONNECTION = { channelId: 'room', localUid: 1007 }
const options = () => ({ publishMicrophoneTrack: true })
const NEEDS_ANSWER = /^waits until the SDK has taken a token/

let electron: ElectronEngine
beforeAll(() => {
  electron = loadElectronEngine()
})
afterAll(() => electron.remove())

function make(more: Partial<NativeOptions> = {}) {
  const { sdk, native: half } = electron.start()
  const adapter = native(sdk, { channelId: 'room', options, ...more })
  return { adapter, driver: half.driver(), sdk, half }
}

function makeEx() {
  const { sdk, native: half } = electron.start()
  const adapter = nativeEx(sdk, { connection: CONNECTION, options })
  return { adapter, driver: half.driver(CONNECTION) }
}

describe('native with the real agora-electron-sdk', () => {
  for (const check of adapterContract(() => make({ uid: 7 }))) it(check.name, check.run)

  it('is what an app gets', () => {
    const { sdk } = make()
    expect([sdk.getVersion().version, sdk.getConnectionState()]).toEqual(['4.6.2', 1])
    expect(sdk.constructor.name).toBe('RtcEngineExInternal')
  })

  it('lets the app’s handlers hear of events that name no connection', async () => {
    const report = vi.spyOn(console, 'error').mockReturnValue()
    const { adapter, driver, sdk } = make({ uid: 7 })
    const { renewer, settled, count } = contractSession({ adapter, driver })
    await settled(renewer.join())
    const heard: string[] = []
    sdk.registerEventHandler({
      onConnectionStateChanged: () => heard.push('onConnectionStateChanged'),
      onTokenPrivilegeWillExpire: () => heard.push('onTokenPrivilegeWillExpire'),
      onRequestToken: () => heard.push('onRequestToken'),
    })
    electron.tell('onTokenPrivilegeWillExpire', { token: 'the old one' })
    electron.tell('onRequestToken', {})
    electron.tell('onConnectionStateChanged', { connection: null, state: 5, reason: 9 })
    expect(heard).toEqual([
      'onTokenPrivilegeWillExpire',
      'onRequestToken',
      'onConnectionStateChanged',
    ])
    expect([count('expired'), count('stopped'), report.mock.calls]).toEqual([0, 0, []])
    report.mockRestore()
  })
})

describe('native with an account and the real agora-electron-sdk', () => {
  for (const check of adapterContract(() => make({ userAccount: 'anna' }))) {
    it(check.name, check.run)
  }
})

describe('nativeEx with the real agora-electron-sdk', () => {
  for (const check of adapterContract(makeEx)) {
    if (!NEEDS_ANSWER.test(check.name)) it(check.name, check.run)
  }
})
