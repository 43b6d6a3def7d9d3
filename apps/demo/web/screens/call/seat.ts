import { createRenewer, isRenewError, type Renewer } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import AgoraRTC, { type IAgoraRTCClient } from 'agora-rtc-sdk-ng'
import type { Guest } from '../../../server/token-server/guests.ts'
import type { ScreenProps } from '../../screen.ts'
import { createNamedSource, type NamedSource } from './named-source.ts'
import { createSeatBoard, type SeatBoard } from './seat-board.ts'
import type { SeatState } from './seat-state.ts'
import { joinPastRenewer } from './join-past-renewer.ts'
import { createSleepyTab } from './sleepy-tab.ts'
import { type Note, tellStory } from './tell-story.ts'
import { createTestTone } from './test-tone.ts'

/** One user of the channel: a client of the SDK, and a renewer that keeps it there. */
export interface Seat {
  readonly state: () => SeatState
  readonly join: () => Promise<void>
  readonly leave: () => Promise<void>
  readonly publish: () => Promise<void>
  readonly renew: () => Promise<void>
  /** Joins with the last token, past the renewer, as a page of an attacker would. */
  readonly joinPast: () => Promise<void>
  /** Lets its tab have slept through three quarters of a token's life. */
  readonly sleep: () => void
}

/** What a seat needs. */
export interface SeatOptions extends ScreenProps {
  readonly name: string
  readonly guest: Guest & { readonly pass: string }
  readonly note: Note
  /** Called after each change of the state. */
  readonly onChange: () => void
}

/** Creates a seat that is not in the channel yet. */
export function createSeat({ name, guest, welcome, note, onChange }: SeatOptions): Seat {
  const { appId, channel, ttlSeconds } = welcome
  const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
  const tokens = createNamedSource(channel, guest.pass)
  const { clock, lifecycle, sleep } = createSleepyTab()
  const adapter = rtcNg(client, { appId, channel })
  const renewer = createRenewer(adapter, { source: tokens.source, clock, lifecycle })
  const board = createSeatBoard({ name, uid: guest.uid }, ttlSeconds, onChange)

  tellStory(renewer, note)
  watchRenewer(renewer, tokens, board)
  const look = watchClient(client, board)
  renewer.on('republished', look)

  return {
    state: board.state,
    async join() {
      try {
        note('joined', `Joined as ${await renewer.join()}`, 'good')
        board.useToken(tokens.last(), renewer.remainingMs)
      } catch (error) {
        note('refused', `Could not join: ${reasonOf(error)}`, 'bad')
      }
    },
    async leave() {
      await renewer.leave().catch((error: unknown) => note('refused', reasonOf(error), 'bad'))
    },
    async publish() {
      await client.publish(createTestTone())
      note('published', 'Publishing a test tone')
      look()
    },
    // What goes wrong is told by the events.
    renew: () => renewer.renew().catch(() => {}),
    async joinPast() {
      const user = { appId, channel, token: tokens.lastToken(), uid: guest.uid }
      const refusal = await joinPastRenewer(user)
      if (refusal === undefined) note('joined', 'In, with the token in hand', 'bad')
      else note('refused', `The token in hand lets no one in: ${refusal}`, 'good')
    },
    sleep() {
      const ms = ttlSeconds * 750
      note('sleep', `The tab has slept for ${ms / 1000} s, and wakes up`, 'warn')
      board.mark('sleep')
      board.shortenToken(ms)
      sleep(ms)
    },
  }
}

function watchRenewer(renewer: Renewer, tokens: NamedSource, board: SeatBoard): void {
  renewer.on('phase', (phase) => board.update({ phase }))
  renewer.on('fetching', () => board.mark('fetch'))
  renewer.on('retry', () => board.mark('retry'))
  renewer.on('renewed', ({ via, remainingMs }) => {
    board.mark(via === 'renew' ? 'renew' : 'rejoin')
    board.useToken(tokens.last(), remainingMs)
  })
  renewer.on('expired', () => {
    board.mark('end')
    board.closeToken()
  })
  renewer.on('stopped', board.closeToken)
}

/** Shows how the client stands after each of its events; returns how to do so at other times. */
function watchClient(client: IAgoraRTCClient, board: SeatBoard): () => void {
  // All of it is read anew each time: after a rejoin the SDK's lists are others.
  const look = (): void => {
    const remotes = client.remoteUsers.map(({ uid, hasAudio }) => ({ uid, hasAudio }))
    const { connectionState: connection, localTracks } = client
    board.update({ connection, isPublishing: localTracks.length > 0, remotes })
  }
  client.on('connection-state-change', look)
  for (const event of ['user-joined', 'user-left', 'user-published', 'user-unpublished']) {
    client.on(event, look)
  }
  return look
}

// The SDK's own words say why it was refused; the renewer's say that it was.
function reasonOf(error: unknown): string {
  const cause = isRenewError(error) ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(error)
}
