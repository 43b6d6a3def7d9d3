import AgoraUIKit from 'agora-react-uikit'

interface Seat {
  readonly appId: string
  readonly channel: string
  readonly uid: number
  readonly speaks: boolean
  readonly tokenUrl: string
}

export function Call({ appId, channel, uid, speaks, tokenUrl }: Seat) {
  const role = speaks ? 'host' : 'audience'
  return <AgoraUIKit rtcProps={{ appId, channel, uid, tokenUrl, role }} />
}
