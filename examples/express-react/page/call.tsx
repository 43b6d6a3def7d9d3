import { httpSource } from '@rtc-token/client-renewer'
import { useTokenRenewal } from '@rtc-token/client-renewer/react'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import { RemoteUser, useIsConnected, useLocalMicrophoneTrack } from 'agora-rtc-react'
import { usePublish, useRemoteUsers, useRTCClient } from 'agora-rtc-react'
import { useMemo, useState } from 'react'

export type Seat = { room: string; speaks: number }

export function Call({ appId, room, speaks }: Seat & { appId: string }) {
  const client = useRTCClient()
  const [isCalling, setCalling] = useState(false)
  const adapter = useMemo(() => rtcNg(client, { appId, channel: room }), [client, appId, room])
  const request = { role: speaks ? 'publisher' : 'subscriber' } as const
  const source = httpSource({ url: '/agora/v1/tokens', request })
  const { phase, error } = useTokenRenewal({ adapter, source, join: isCalling })

  const isOnAir = isCalling && speaks === 1
  const { localMicrophoneTrack } = useLocalMicrophoneTrack(isOnAir)
  usePublish([localMicrophoneTrack], isOnAir)
  const users = useRemoteUsers()
  const isIn = useIsConnected()
  const isOut = ['idle', 'failed', 'stopped'].includes(phase)
  const state = isIn ? 'In the call.' : isOut ? 'Not in the call.' : 'Connecting …'

  return (
    <section>
      <h1>{room}</h1>
      <button onClick={() => setCalling(!isCalling)}>{isCalling ? 'Leave' : 'Join'}</button>
      <p role="status">{(isOut && error?.message) || state}</p>
      {users.map((user) => (
        <RemoteUser key={user.uid} user={user} playAudio />
      ))}
    </section>
  )
}
