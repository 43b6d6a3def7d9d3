import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { IRtcEngineEx } from 'agora-electron-sdk'
import type { NativeConnection, NativeEventHandler } from '../../src/adapters/native/native.ts'
import { FakeNativeEngine } from './fake-native.ts'

/** What the JavaScript half asks of the native half, which `agora_node_ext.node` is in an app. */
interface NativeHalf {
  CallApi(name: string, params: string): { callApiReturnCode: number; callApiResult: string }
  OnEvent(name: string, tell: (event: string, params: string) => void): void
  InitializeEnv(): void
  ReleaseEnv(): void
  ReleaseRenderer(): void
}

/** The real JavaScript half of agora-electron-sdk over a stub of its native half. */
export interface ElectronEngine {
  /** A new native half, and the JavaScript half on it as an app gets it. */
  readonly start: () => { readonly sdk: IRtcEngineEx; readonly native: FakeNativeEngine }
  /** The native half tells something as JSON, as it is. */
  readonly tell: (event: keyof NativeEventHandler, params: object) => void
  readonly remove: () => void
}

type Params = Record<'token' | 'channelId' | 'userAccount', string> & {
  readonly uid: number
  readonly connection: NativeConnection
  readonly options: { readonly token: string }
}

/** Copies the JavaScript half to where its native half can be put beside it, and loads both. */
export function loadElectronEngine(): ElectronEngine {
  const folder = install()
  const load = createRequire(join(folder, 'app.js'))
  let native = new FakeNativeEngine()
  let tell: (event: string, params: string) => void = () => {}
  const forwarding: NativeEventHandler = {
    onJoinChannelSuccess: (connection) => tellAs('onJoinChannelSuccess', { connection }),
    onRejoinChannelSuccess: (connection) => tellAs('onRejoinChannelSuccess', { connection }),
    onLeaveChannel: (connection) => tellAs('onLeaveChannel', { connection }),
    onRequestToken: (connection) => tellAs('onRequestToken', { connection }),
    onTokenPrivilegeWillExpire: (connection) =>
      tellAs('onTokenPrivilegeWillExpire', { connection, token: 'the old one' }),
    onConnectionStateChanged: (connection, state, reason) =>
      tellAs('onConnectionStateChanged', { connection, state, reason }),
    onRenewTokenResult: (connection, token, code) =>
      tellAs('onRenewTokenResult', { connection, token, code }),
  }
  load('./build/Release/agora_node_ext').AgoraElectronBridge = class implements NativeHalf {
    CallApi(name: string, params: string) {
      const result = answer(name.replace(/_[0-9a-f]{7}$/, ''), JSON.parse(params))
      return { callApiReturnCode: 0, callApiResult: JSON.stringify({ result }) }
    }
    OnEvent(_: string, listener: typeof tell) {
      tell = listener
    }
    InitializeEnv() {}
    ReleaseEnv() {}
    ReleaseRenderer() {}
  }
  const {
    createAgoraRtcEngine,
  }: { createAgoraRtcEngine: (options: { readonly webEnvReady: boolean }) => IRtcEngineEx } =
    load('./js/AgoraSdk')

  return {
    start() {
      // As in a process without a window.
      const sdk = createAgoraRtcEngine({ webEnvReady: false })
      sdk.release()
      native = new FakeNativeEngine()
      sdk.initialize({ appId: 'a' })
      return { sdk, native }
    },
    tell: tellAs,
    remove: () => rmSync(folder, { recursive: true }),
  }

  function answer(name: string, params: Params): unknown {
    const { token, channelId, connection } = params
    switch (name) {
      case 'RtcEngine_getVersion':
        return native.version
      case 'RtcEngine_registerEventHandler':
        return native.registerEventHandler(forwarding) ? 0 : -1
      case 'RtcEngine_unregisterEventHandler':
        return native.unregisterEventHandler(forwarding) ? 0 : -1
      case 'RtcEngine_getConnectionState':
        return native.getConnectionState()
      case 'RtcEngineEx_getConnectionStateEx':
        return native.getConnectionStateEx(connection)
      case 'RtcEngine_joinChannel':
        return native.joinChannel(token, channelId, params.uid)
      case 'RtcEngine_joinChannelWithUserAccount':
        return native.joinChannelWithUserAccount(token, channelId, params.userAccount)
      case 'RtcEngineEx_joinChannelEx':
        return native.joinChannelEx(token, connection)
      case 'RtcEngine_renewToken':
        return native.renewToken(token)
      case 'RtcEngineEx_updateChannelMediaOptionsEx':
        return native.updateChannelMediaOptionsEx(params.options, connection)
      case 'RtcEngine_leaveChannel':
        return native.leaveChannel()
      case 'RtcEngineEx_leaveChannelEx':
        return native.leaveChannelEx(connection)
      default:
        return 0
    }
  }

  function tellAs(event: keyof NativeEventHandler, params: object): void {
    tell(`RtcEngineEventHandler_${event}_263e4cd`, JSON.stringify(params))
  }
}

// As npm would: the package, what it depends on, and the native half where its installation puts it.
function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'electron-sdk-'))
  const js = dirname(createRequire(import.meta.url).resolve('agora-electron-sdk'))
  cpSync(js, join(folder, 'js'), { recursive: true })
  symlinkSync(join(js, '../..'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'build/Release'), { recursive: true })
  writeFileSync(join(folder, 'build/Release/agora_node_ext.js'), '')
  return folder
}
