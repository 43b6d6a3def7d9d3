import {
  native,
  nativeEx,
  type NativeEngine,
  type NativeEngineEx,
  type NativeEventHandler,
} from '@rtc-token/client-renewer/native'
import type * as Electron from 'agora-electron-sdk'
import type * as ReactNative from 'react-native-agora'
import { describe, expectTypeOf, it } from 'vitest'

// Both load their native halves at once, and so not here: what can be compared is their typings. The
// JavaScript half of agora-electron-sdk runs in packages/client-renewer/test/electron.test.ts.

describe('native', () => {
  it('takes an engine of react-native-agora', () => {
    expectTypeOf<ReactNative.IRtcEngine>().toExtend<NativeEngine>()
    expectTypeOf<ReactNative.IRtcEngineEx>().toExtend<NativeEngineEx>()
    expectTypeOf<NativeEventHandler>().toExtend<ReactNative.IRtcEngineEventHandler>()
    expectTypeOf<Omit<ReactNative.IRtcEngine, 'renewToken'>>().not.toExtend<NativeEngine>()
    expectTypeOf<ReactNative.IRtcEngine>().not.toExtend<NativeEngineEx>()
  })

  it('takes an engine of agora-electron-sdk', () => {
    expectTypeOf<Electron.IRtcEngineEx>().toExtend<NativeEngine>()
    expectTypeOf<Electron.IRtcEngineEx>().toExtend<NativeEngineEx>()
    expectTypeOf<NativeEventHandler>().toExtend<Electron.IRtcEngineEventHandler>()
    expectTypeOf<Omit<Electron.IRtcEngineEx, 'leaveChannel'>>().not.toExtend<NativeEngine>()
  })

  it('takes what the SDKs call media options', () => {
    const options = (): ReactNative.ChannelMediaOptions => ({ publishMicrophoneTrack: true })
    expectTypeOf(options).toExtend<Parameters<typeof native>[1]['options']>()
    expectTypeOf(options).toExtend<Parameters<typeof nativeEx>[1]['options']>()
  })

  it('compares with typings that are there', () => {
    expectTypeOf<ReactNative.IRtcEngine>().not.toBeAny()
    expectTypeOf<ReactNative.IRtcEngine['renewToken']>().toEqualTypeOf<(token: string) => number>()
    expectTypeOf<Electron.IRtcEngineEx['renewToken']>().toEqualTypeOf<(token: string) => number>()
    expectTypeOf(native).parameter(0).not.toBeAny()
    expectTypeOf(nativeEx).parameter(0).not.toBeAny()
  })

  it('knows that further channels have no renewToken of their own', () => {
    expectTypeOf<ReactNative.IRtcEngineEx>().not.toHaveProperty('renewTokenEx')
    expectTypeOf<Electron.IRtcEngineEx>().not.toHaveProperty('renewTokenEx')
  })
})
