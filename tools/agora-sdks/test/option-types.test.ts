import { httpSource, type TokenSource } from '@rtc-token/client-renewer'
import { native, nativeEx } from '@rtc-token/client-renewer/native'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import type { IAgoraRTCClient, IMicrophoneAudioTrack, IRemoteAudioTrack } from 'agora-rtc-sdk-ng'
import type * as Electron from 'agora-electron-sdk'
import type * as ReactNative from 'react-native-agora'
import { describe, expectTypeOf, it } from 'vitest'

// What the compiler refuses; `@ts-expect-error` is an error where it does not. Not run.

describe('the types of options', () => {
  it('take tracks of the client only', () => {
    const make = (
      client: IAgoraRTCClient,
      microphone: IMicrophoneAudioTrack,
      remote: IRemoteAudioTrack,
      raw: MediaStreamTrack,
    ) => [
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => [microphone] }),
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => client.localTracks }),
      // @ts-expect-error -- a track of another user cannot be published
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => [remote] }),
      // @ts-expect-error -- the SDK publishes its own kind of track
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => [raw] }),
      // @ts-expect-error -- no track at all
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => [{ label: 'camera' }] }),
      // @ts-expect-error -- a list of tracks
      rtcNg(client, { appId: 'a', channel: 'c', tracks: () => microphone }),
    ]
    expectTypeOf(make).not.toBeAny()
  })

  it('take the media options of the engine only', () => {
    const make = (
      phone: ReactNative.IRtcEngineEx,
      desktop: Electron.IRtcEngineEx,
      connection = { channelId: 'c', localUid: 7 },
      options = (): ReactNative.ChannelMediaOptions => ({ publishMicrophoneTrack: true }),
    ) => [
      native(phone, { channelId: 'c', options }),
      native(phone, { channelId: 'c', options: () => ({ autoSubscribeAudio: true }) }),
      native(desktop, { channelId: 'c', options: () => ({ publishCameraTrack: true }) }),
      nativeEx(phone, { connection, options }),
      nativeEx(desktop, { connection, options: () => ({ publishScreenTrack: true }) }),
      // @ts-expect-error -- no option of the engine
      native(phone, { channelId: 'c', options: () => ({ publishMicrophone: true }) }),
      // @ts-expect-error -- not of this kind
      native(phone, { channelId: 'c', options: () => ({ publishMicrophoneTrack: 'yes' }) }),
      // @ts-expect-error -- no option of the engine
      native(desktop, { channelId: 'c', options: () => ({ publishMicrophone: true }) }),
      // @ts-expect-error -- no option of the engine
      nativeEx(phone, { connection, options: () => ({ publish: true }) }),
      // @ts-expect-error -- no object
      nativeEx(desktop, { connection, options: () => 'publish' }),
    ]
    expectTypeOf(make).not.toBeAny()
  })

  it('take no other names', () => {
    const make = () => [
      // @ts-expect-error -- url
      httpSource({ endpoint: '/tokens' }),
      // @ts-expect-error -- { url }
      httpSource('/tokens'),
    ]
    // @ts-expect-error -- expiresIn
    const source: TokenSource = async () => ({ token: '007', expires: 3600 })
    expectTypeOf([make, source]).not.toBeAny()
  })
})
