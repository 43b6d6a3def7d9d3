import { createRenewer, httpSource } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import { renewalStore } from '@rtc-token/client-renewer/store'
import AgoraRTC from 'agora-rtc-sdk-ng'

/** The call that an invitation is for. */
export function createCall({ appId, channel, role, ticket }) {
  const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
  const renewer = createRenewer(rtcNg(client, { appId, channel }), {
    source: httpSource({
      url: '/v1/tokens',
      request: { channel, role },
      headers: () => ({ authorization: `Bearer ${ticket}` }),
    }),
  })
  client.on('user-published', async (user, kind) => {
    const track = await client.subscribe(user, kind)
    if (kind === 'audio') track.play()
  })

  let microphone
  return {
    renewal: renewalStore(renewer),
    async join() {
      await renewer.join()
      if (role !== 'publisher') return
      microphone = await AgoraRTC.createMicrophoneAudioTrack()
      await client.publish(microphone)
    },
    async leave() {
      microphone?.close()
      await renewer.leave()
    },
    onConnection: (tell) => client.on('connection-state-change', tell),
  }
}

// A session whose renewal has failed goes on until its token expires.
export const isOut = ({ phase }, connection) =>
  connection !== 'CONNECTED' && ['idle', 'failed', 'stopped'].includes(phase)

/** What is said to the user. */
export function textOf(renewal, connection) {
  if (connection === 'CONNECTED') return 'In the call.'
  if (!isOut(renewal, connection)) return 'Connecting …'
  return renewal.phase === 'failed' ? renewal.error?.message : 'You are not in the call.'
}
