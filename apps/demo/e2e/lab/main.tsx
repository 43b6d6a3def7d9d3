import { createRenewer, type TokenRequest } from '@rtc-token/client-renewer'
import { useTokenRenewal } from '@rtc-token/client-renewer/react'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import ReactSdk, {
  AgoraRTCProvider,
  type IAgoraRTCClient,
  type ILocalTrack,
  useJoin,
  usePublish,
} from 'agora-rtc-react'
import PlainSdk from 'agora-rtc-sdk-ng'
import { type ReactNode, StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Lab, LabCall, LabView } from './lab-window.ts'

// A call of one user, as an app makes it: with the SDK alone, or with the hooks of agora-rtc-react, which
// bring an SDK of their own. Tests change it through `window.lab`.

const source = ({ scope }: TokenRequest) => window.fetchToken(scope)
// Attempts follow soon, so that a user who would come back does.
const random = () => 0

for (const sdk of [PlainSdk, ReactSdk]) {
  sdk.setLogLevel(4)
  sdk.disableLogUpload()
}

window.startPlain = async ({ appId, channel, uid }) => {
  const client = PlainSdk.createClient({ mode: 'rtc', codec: 'vp8' })
  const renewer = createRenewer(rtcNg(client, { appId, channel, uid }), { source, random })
  await renewer.join()
  const [microphone, camera] = await PlainSdk.createMicrophoneAndCameraTracks()
  await client.publish([microphone, camera])
  const joinByApp = async () => {
    const { token } = await window.fetchToken({ service: 'rtc', channel, user: uid })
    await client.join(appId, channel, token, uid)
    for (const track of [microphone, camera]) await client.publish(track)
  }
  window.lab = {
    client,
    camera,
    takeOutMicrophone: () => client.unpublish(microphone),
    phase: () => renewer.phase,
    show: () => {},
    hangUp: () => renewer.leave(),
    joinOnExpiry() {
      client.on('token-privilege-did-expire', () => void joinByApp())
    },
    again() {
      const leaving = renewer.leave()
      return Promise.all([leaving, renewer.join()])
    },
  }
}

window.startHooks = (call) => start(call, HooksCall)
window.startJoining = (call) => start(call, JoiningCall)

interface CallProps extends LabCall, LabView {
  readonly client: IAgoraRTCClient
  readonly tracks: readonly ILocalTrack[]
  readonly onPhase: (phase: string) => void
}

/** The app joins, leaves and publishes by the hooks of agora-rtc-react. */
function HooksCall(props: CallProps): ReactNode {
  const { client, appId, channel, uid, isCalling, isTold, tracks, onPhase } = props
  const adapter = useMemo(
    () => rtcNg(client, { appId, channel, uid }),
    [client, appId, channel, uid],
  )
  const join = async () => {
    const { token } = await window.fetchToken({ service: 'rtc', channel, user: uid })
    return { appid: appId, channel, token, uid }
  }
  const { isConnected } = useJoin(join, isCalling)
  usePublish([...tracks], isCalling)
  const enabled = isCalling || !isTold
  onPhase(useTokenRenewal({ adapter, source, random, isConnected, enabled }).phase)
  return null
}

/** The hook of the renewer joins and leaves. */
function JoiningCall({
  client,
  appId,
  channel,
  uid,
  isCalling,
  tracks,
  onPhase,
}: CallProps): ReactNode {
  const adapter = useMemo(
    () => rtcNg(client, { appId, channel, uid }),
    [client, appId, channel, uid],
  )
  usePublish([...tracks], isCalling)
  onPhase(useTokenRenewal({ adapter, source, random, join: isCalling }).phase)
  return null
}

async function start(call: LabCall, Call: (props: CallProps) => ReactNode): Promise<void> {
  const client = ReactSdk.createClient({ mode: 'rtc', codec: 'vp8' })
  const tracks = await ReactSdk.createMicrophoneAndCameraTracks()
  let phase = ''
  let keys = 1
  let show: Lab['show'] = () => {}
  const onPhase = (next: string) => void (phase = next)
  const first: LabView = { isCalling: true, isTold: true, channel: call.channel, key: '1' }

  function Page(): ReactNode {
    const [view, setView] = useState(first)
    show = (changes) => setView((before) => ({ ...before, ...changes }))
    const { key, ...rest } = view
    return <Call key={key} {...call} {...rest} {...{ client, tracks, onPhase }} />
  }

  const page = (
    <AgoraRTCProvider client={client}>
      <Page />
    </AgoraRTCProvider>
  )
  createRoot(document.querySelector('#root')!).render(
    call.isStrict ? <StrictMode>{page}</StrictMode> : page,
  )
  const [microphone, camera] = tracks
  window.lab = {
    client,
    camera,
    takeOutMicrophone: () => client.unpublish(microphone),
    phase: () => phase,
    show: (view) => show(view),
    hangUp: async () => show({ isCalling: false }),
    joinOnExpiry: () => {},
    again: async () => show({ key: String(++keys) }),
  }
}
