import NetInfo from '@react-native-community/netinfo'
import { httpSource, reactNativeLifecycle } from '@rtc-token/client-renewer'
import { native } from '@rtc-token/client-renewer/native'
import { useTokenRenewal } from '@rtc-token/client-renewer/react'
import { useEffect, useMemo, useState } from 'react'
import { AppState, Button, Text } from 'react-native'
import { ConnectionStateType, type IRtcEngineEventHandler } from 'react-native-agora'
import { engine, mayRecord, optionsOf } from './engine.ts'
import type { Invitation } from './invitation.ts'

// A phone that has slept, or has a network again, looks after its token at once.
const lifecycle = reactNativeLifecycle(AppState, NetInfo)

export function Call({ url, channel, role, ticket }: Invitation) {
  const [isCalling, setCalling] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const isIn = useIsConnected()
  const options = () => optionsOf(role)
  const adapter = useMemo(() => native(engine, { channelId: channel, options }), [channel, role])
  const headers = () => ({ authorization: `Bearer ${ticket}` })
  const source = httpSource({ url, request: { channel, role }, headers })
  const { phase, error, renewer } = useTokenRenewal({ adapter, source, lifecycle, join: isCalling })

  const isOut = phase === 'idle' || phase === 'stopped' || (phase === 'failed' && !isIn)
  const state = isOut ? 'You are not in the call.' : isIn ? 'In the call.' : 'Connecting …'

  async function join() {
    const mayCall = role === 'subscriber' || (await mayRecord())
    setRefused(!mayCall)
    if (!mayCall || !isCalling) setCalling(mayCall)
    // Again, after a join that failed or a call that has ended. What goes wrong becomes `error`.
    else renewer?.join().catch(() => {})
  }

  const problem = isRefused ? 'The app may not use the microphone.' : isOut && error?.message
  return (
    <>
      <Button
        title={isOut ? 'Join' : 'Leave'}
        onPress={() => (isOut ? void join() : setCalling(false))}
      />
      <Text>{problem || state}</Text>
    </>
  )
}

function useIsConnected(): boolean {
  const [isIn, setIn] = useState(false)
  useEffect(() => {
    const onConnectionStateChanged: IRtcEngineEventHandler['onConnectionStateChanged'] = (_, now) =>
      setIn(now === ConnectionStateType.ConnectionStateConnected)
    const handler = { onConnectionStateChanged }
    engine.registerEventHandler(handler)
    return () => void engine.unregisterEventHandler(handler)
  }, [])
  return isIn
}
