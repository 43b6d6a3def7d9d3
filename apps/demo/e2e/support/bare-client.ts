import { createToken, rtc } from '@rtc-token/core'
import type AgoraRTC from 'agora-rtc-sdk-ng'
import type { IAgoraRTCClient } from 'agora-rtc-sdk-ng'
import type { Page } from 'playwright-core'
import { PROJECT } from './scene.ts'

declare global {
  interface Window {
    AgoraRTC: typeof AgoraRTC
    client: IAgoraRTCClient
    /** What the client told, oldest first. */
    heard: string[]
  }
}

/** How a bare client joins. */
export interface BareJoin {
  readonly user: { readonly uid: number } | { readonly account: string }
  readonly mode?: 'rtc' | 'live'
  /** What the token says in place of the truth. */
  readonly forged?: {
    readonly appCertificate?: string
    readonly channel?: string
    readonly user?: { readonly uid: number }
  }
}

/** The channel of all bare clients. */
const BARE_CHANNEL = 'bare'

/** Makes a client and joins; resolves to the uid, or to what the SDK said against it. */
export function joinBare(page: Page, options: BareJoin): Promise<string> {
  const { user, mode = 'rtc', forged = {} } = options
  const { appCertificate = PROJECT.appCertificate, channel = BARE_CHANNEL } = forged
  const services = [rtc({ ...(forged.user ?? user), channel, role: 'publisher' })]
  const token = createToken({ appId: PROJECT.appId, appCertificate, ttl: 600, services })
  const uid = 'uid' in user ? user.uid : user.account
  const wish = { appId: PROJECT.appId, channel: BARE_CHANNEL, token, uid, mode }
  return page.evaluate(async ({ appId, channel, token, uid, mode }) => {
    const client = window.AgoraRTC.createClient({ mode, codec: 'vp8' })
    window.client = client
    window.heard = []
    const hear = (text: string): void => void window.heard.push(text)
    client.on('user-joined', (user) => hear(`${user.uid} joined`))
    client.on('user-published', (user, kind) => hear(`${user.uid} published ${kind}`))
    client.on('user-unpublished', (user, kind) => hear(`${user.uid} unpublished ${kind}`))
    client.on('user-left', (user, reason) => hear(`${user.uid} left: ${reason}`))
    client.on('connection-state-change', (state, _, reason) => hear(`${state} ${reason ?? ''}`))
    return client.join(appId, channel, token, uid).then(String, String)
  }, wish)
}

/** Publishes the browser's made-up microphone. */
export async function publishMicrophone(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.client.publish(await window.AgoraRTC.createMicrophoneAudioTrack())
  })
}

/** Resolves once the client has told so. */
export async function heard(page: Page, text: string): Promise<void> {
  await page.waitForFunction((text) => window.heard.includes(text), text)
}
