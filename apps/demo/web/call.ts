import { createRenewer, httpSource, isRenewError } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import AgoraRTC from 'agora-rtc-sdk-ng'
import type { Welcome } from '../server/welcome.ts'
import { tellStory } from './tell-story.ts'
import { createTestTone } from './test-tone.ts'
import {
  addToLog,
  announce,
  enable,
  onPress,
  showBadge,
  showLife,
  showPressed,
  showText,
  type Tone,
} from './view.ts'

const CONNECTION_TONES: Readonly<Record<string, Tone>> = {
  CONNECTED: 'good',
  DISCONNECTED: 'plain',
}
const AT_REST: ReadonlySet<string> = new Set(['idle', 'stopped', 'failed'])

/** Connects the real SDK, the renewer and the page. */
export function startCall({ appId, channel, pass, isEndpointUp }: Welcome): void {
  AgoraRTC.setLogLevel(3)
  AgoraRTC.disableLogUpload()
  const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
  const renewer = createRenewer(rtcNg(client, { appId, channel }), {
    source: httpSource({
      url: '/api/agora/v1/tokens',
      request: { channel, role: 'publisher' },
      headers: { authorization: `Bearer ${pass}` },
    }),
  })
  let tokens = 0
  let lifeMs = 0
  let isUp = isEndpointUp

  tellStory(renewer)
  renewer.on('renewed', newToken)
  renewer.on('phase', showButtons)
  renewer.on('republished', showButtons)
  client.on('connection-state-change', (state) => {
    showBadge('connection', state, CONNECTION_TONES[state] ?? 'warn')
    showButtons()
  })
  onPress('join', () => void join())
  onPress('leave', () => void renewer.leave())
  onPress('publish', () => void publish())
  onPress('down', () => void turnEndpoint(false))
  onPress('up', () => void turnEndpoint(true))
  setInterval(() => showLife(renewer.remainingMs, lifeMs), 200)
  void turnEndpoint(isEndpointUp)
  void join()

  async function join(): Promise<void> {
    try {
      const uid = await renewer.join()
      showText('user', String(uid))
      announce(`Joined as ${uid}`, 'good')
      newToken()
    } catch (error) {
      announce(`Could not join: ${reasonOf(error)}`, 'bad')
    }
  }

  function newToken(): void {
    tokens += 1
    lifeMs = renewer.remainingMs ?? 0
    showText('tokens', String(tokens))
  }

  async function publish(): Promise<void> {
    await client.publish(createTestTone())
    addToLog('Publishing a test tone')
    showButtons()
  }

  async function turnEndpoint(on: boolean): Promise<void> {
    await fetch(`/demo/endpoint/${on ? 'up' : 'down'}`, { method: 'POST' })
    if (on !== isUp) addToLog(`Token endpoint is ${on ? 'up again' : 'down'}`, on ? 'good' : 'bad')
    isUp = on
    showBadge('endpoint', on ? 'up' : 'down', on ? 'good' : 'bad')
    showPressed('down', !on)
    showPressed('up', on)
    showButtons()
  }

  function showButtons(): void {
    const isAtRest = AT_REST.has(renewer.phase)
    const isIn = client.connectionState === 'CONNECTED'
    enable('join', isAtRest && client.connectionState === 'DISCONNECTED')
    enable('leave', isIn || !isAtRest)
    enable('publish', isIn && client.localTracks.length === 0)
  }
}

// The SDK's own words say why it was refused; the renewer's say that it was.
function reasonOf(error: unknown): string {
  const cause = isRenewError(error) ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(error)
}
