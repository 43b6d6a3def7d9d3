import { expect } from 'vitest'
import type { FakeTrack } from './fake-rtc-ng.ts'
import type { Row } from './row.ts'
import { session } from './session.ts'

async function live(...args: Parameters<typeof session>) {
  const all = session(...args)
  const tracks: [FakeTrack, FakeTrack] = [{ name: 'camera' }, { name: 'microphone' }]
  await all.renewer.join()
  for (const track of tracks) await all.client.publish(track)
  return { ...all, tracks }
}

/** What becomes of the user's tracks when the session is brought back. */
export const trackRows: readonly Row[] = [
  {
    when: 'a track could not be published after a rejoin',
    what: '`republished` reports it; from then on the track is the app’s, and no later rejoin publishes it',
    async proof() {
      const { client, clock, payloads, tracks } = await live()
      client.unpublishable = [tracks[0]]
      for (let times = 0; times < 2; times++) {
        client.expire()
        await clock.advance(1000)
        client.unpublishable = []
      }
      expect(payloads).toContainEqual([
        { published: 1, failures: [new Error('TRACK_IS_DISABLED')] },
      ])
      expect(client.localTracks).toEqual([tracks[1]])
    },
  },
  {
    when: 'the user unpublishes a track while the SDK reconnects, and the token ends',
    what: 'the track stays unpublished, where the SDK’s version lets the renewer see it; the option `tracks` makes this certain',
    async proof() {
      const { client, clock, tracks } = await live()
      client.dropLine()
      client.dropMedia()
      await client.unpublish(tracks[1])
      client.expireSilently()
      await clock.advance(1000)
      expect(client.localTracks).toEqual([tracks[0]])
    },
  },
  {
    when: 'the user tries to unpublish a track while the client is out of the channel',
    what: 'the renewer cannot know, because the client refuses `unpublish` then; use the option `tracks`, which it asks right before each track, or `setEnabled(false)`, `setMuted(true)` or `close()` of the track',
    async proof() {
      const isWanted = { microphone: true }
      const { client, clock } = await live({
        tracks: () => (isWanted.microphone ? [{ name: 'microphone' }] : []),
      })
      client.expire()
      isWanted.microphone = false
      await clock.advance(1000)
      expect([client.connectionState, client.localTracks]).toEqual(['CONNECTED', []])
    },
  },
  {
    when: 'a camera is off by `setEnabled(false)` when the token ends',
    what: 'it comes back as it was: off, and published as soon as it is switched on; a closed track is not published',
    async proof() {
      const { client, clock, tracks } = await live()
      tracks[0].enabled = false
      tracks[1]._isClosed = true
      client.expire()
      await clock.advance(1000)
      expect(client.localTracks).toEqual([tracks[0]])
    },
  },
  {
    when: 'the option `tracks` throws',
    what: 'the user comes back without tracks, and `republished` reports the failure',
    async proof() {
      const error = new Error('from the app')
      const { client, clock, payloads } = await live({
        tracks: () => {
          throw error
        },
      })
      client.expire()
      await clock.advance(1000)
      expect(client.localTracks).toEqual([])
      expect(payloads).toContainEqual([{ published: 0, failures: [error] }])
    },
  },
]
