import { useState } from 'react'
import { StyleSheet, Text, TextInput, View } from 'react-native'
import { ChannelProfileType } from 'react-native-agora'
import { Call } from './call.tsx'
import { engine } from './engine.ts'
import { type Invitation, readInvitation } from './invitation.ts'

export function App() {
  const [invitation, setInvitation] = useState<Invitation>()

  function open(text: string) {
    const invitation = readInvitation(text)
    if (!invitation) return
    const channelProfile = ChannelProfileType.ChannelProfileLiveBroadcasting
    engine.initialize({ appId: invitation.appId, channelProfile })
    setInvitation(invitation)
  }

  return (
    <View style={styles.screen}>
      <Text style={styles.title}>A call</Text>
      {invitation ? (
        <Call {...invitation} />
      ) : (
        <TextInput placeholder="Paste your invitation" autoCapitalize="none" onChangeText={open} />
      )}
    </View>
  )
}

const styles = StyleSheet.create({
  screen: { flex: 1, justifyContent: 'center', padding: 24, gap: 16 },
  title: { fontSize: 32 },
})
