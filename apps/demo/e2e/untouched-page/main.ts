import { createRenewer, httpSource } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import AgoraRTC from 'agora-rtc-sdk-ng'

// Written as for Agora's cloud. Without a channel in the address, the page only has the SDK.

AgoraRTC.setLogLevel(4)
AgoraRTC.disableLogUpload()
window.AgoraRTC = AgoraRTC

const asked = new URLSearchParams(location.search)
const [appId, channel] = [asked.get('appId'), asked.get('channel')]
if (appId && channel) {
  const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
  const source = httpSource({
    url: '/api/agora/v1/tokens',
    request: { channel, role: 'publisher' },
  })
  await createRenewer(rtcNg(client, { appId, channel }), { source }).join()
}
