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
  const { phase, error, renewer } = useTokenRenewal({ adapter, source, join: isCalling })

  const isIn = useIsConnected()
  const isOut = phase === 'idle' || phase === 'stopped' || (phase === 'failed' && !isIn)
  const { localMicrophoneTrack } = useLocalMicrophoneTrack(speaks === 1 && !isOut)
  usePublish([localMicrophoneTrack], !isOut)
  const users = useRemoteUsers()
  const state = isOut ? 'Not in the call.' : isIn ? 'In the call.' : 'Connecting …'

  // Again, after a join that failed or a call that has ended. What goes wrong becomes `error`.
  const join = () => (isCalling ? renewer?.join().catch(() => {}) : setCalling(true))

  return (
    <section>
      <h1>{room}</h1>
      <button onClick={isOut ? join : () => setCalling(false)}>{isOut ? 'Join' : 'Leave'}</button>
      <p role="status">{(isOut && error?.message) || state}</p>
      {users.map((user) => (
        <RemoteUser key={user.uid} user={user} playAudio />
      ))}
    </section>
  )
}
