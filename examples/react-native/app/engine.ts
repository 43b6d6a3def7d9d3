import { PermissionsAndroid, Platform } from 'react-native'
import { type ChannelMediaOptions, ClientRoleType, createAgoraRtcEngine } from 'react-native-agora'

/** There is one engine, for as long as the app runs. */
export const engine = createAgoraRtcEngine()

export type Role = 'publisher' | 'subscriber'

/** What a user publishes and hears; the engine keeps it when it comes back into the call. */
export function optionsOf(role: Role): ChannelMediaOptions {
  const { ClientRoleAudience, ClientRoleBroadcaster } = ClientRoleType
  return {
    clientRoleType: role === 'publisher' ? ClientRoleBroadcaster : ClientRoleAudience,
    publishMicrophoneTrack: role === 'publisher',
    autoSubscribeAudio: true,
  }
}

/** Whether the app may use the microphone. On iOS the engine asks by itself. */
export async function mayRecord(): Promise<boolean> {
  if (Platform.OS !== 'android') return true
  const { PERMISSIONS, RESULTS } = PermissionsAndroid
  return (await PermissionsAndroid.request(PERMISSIONS.RECORD_AUDIO)) === RESULTS.GRANTED
}
