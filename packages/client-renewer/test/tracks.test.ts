import { describe, expect, it } from 'vitest'
import type { FakeTrack } from './support/fake-rtc-ng.ts'
import { session } from './support/session.ts'

// After a rejoin is on the air what was on the air, as the SDK would have kept it, and never more.

const HOUR_MS = 3_600_000

async function live(tracks: readonly FakeTrack[], ...args: Parameters<typeof session>) {
  const all = session(...args)
  await all.renewer.join()
  for (const track of tracks) await all.client.publish(track)
  const { client, clock, payloads } = all
  return {
    ...all,
    published: () => client.localTracks,
    republished: () => payloads.findLast((it) => 'failures' in Object((it as unknown[])[0])),
    end: async (): Promise<void> => {
      client.expire()
      await clock.advance(1000)
    },
  }
}

const make = (name: string): FakeTrack => ({ name })

describe('a track', () => {
  it('of which `republished` has told that it failed is the app’s affair from then on', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { client, published, republished, end } = await live([camera, microphone])
    client.unpublishable = [camera]
    await end()
    expect(republished()).toEqual([{ published: 1, failures: [new Error('TRACK_IS_DISABLED')] }])
    client.unpublishable = []
    await end()
    expect(published()).toEqual([microphone])
  })

  it('that was not published in time is the app’s affair from then on', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { client, clock, published, end } = await live([camera, microphone])
    client.onPublish = 'hang'
    await end()
    client.onPublish = 'ok'
    await clock.advance(10_000)
    expect(published()).toEqual([microphone])
    await end()
    expect(published()).toEqual([microphone])
  })

  it('that failed because the line dropped is the app’s affair too', async () => {
    const camera = make('camera')
    const { client, clock, published, republished, end } = await live([camera])
    client.onPublish = 'hang'
    await end()
    client.onPublish = 'ok'
    client.dropLine()
    client.refuse(new Error('WS_ABORT'))
    await clock.advance(0)
    expect(republished()).toEqual([{ published: 0, failures: [new Error('WS_ABORT')] }])
    client.restoreLine()
    await end()
    expect(published()).toEqual([])
  })

  it('is published again also when the session ends again before its turn', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { client, published, end } = await live([camera, microphone])
    client.onPublish = 'hang'
    await end()
    client.onPublish = 'ok'
    await end()
    expect(published()).toEqual([camera, microphone])
  })

  it('that the user has taken out, also twice, stays out', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { client, published, end } = await live([camera, microphone])
    await end()
    await client.unpublish(camera)
    await end()
    await end()
    expect(published()).toEqual([microphone])
  })

  it.each<[string, Step[]]>([
    ['while the SDK reconnects', ['drop', 'unpublish']],
    ['while the SDK has given up its media', ['drop', 'drop media', 'unpublish']],
    ['before the SDK gives up its media', ['drop', 'unpublish', 'drop media']],
  ])('that the user has taken out %s stays out', async (_, steps) => {
    for (const how of ['silently', 'never'] as const) {
      const [camera, microphone] = [make('camera'), make('microphone')]
      const { client, clock, published } = await live([camera, microphone])
      for (const step of steps) {
        if (step === 'drop') client.dropLine()
        else if (step === 'drop media') client.dropMedia()
        else await client.unpublish(microphone)
        await clock.advance(1000)
      }
      if (how === 'silently') client.expireSilently()
      await clock.advance(how === 'silently' ? 1000 : HOUR_MS + 60_000)
      expect(published()).toEqual([camera])
    }
  })

  it('is not lost with a version that does not tell what it keeps while it reconnects', async () => {
    const microphone = make('microphone')
    const { client, clock, published, end } = await live([microphone])
    client._p2pChannel = undefined
    client.dropLine()
    client.dropMedia()
    client.expireSilently()
    await clock.advance(1000)
    expect(published()).toEqual([microphone])
    await client.unpublish(microphone)
    await end()
    expect(published()).toEqual([])
  })

  it('of a session that the user has left is not published in the next', async () => {
    const microphone = make('microphone')
    const { client, renewer, clock, published, end } = await live([microphone])
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await end()
    await renewer.leave()
    client.onJoin = 'ok'
    await renewer.join()
    await end()
    await clock.advance(60_000)
    expect(client.connectionState).toBe('CONNECTED')
    expect(published()).toEqual([])
  })

  it('that is disabled comes back disabled, to be on the air when it is enabled', async () => {
    const camera = make('camera')
    const { published, republished, end } = await live([camera])
    camera.enabled = false
    await end()
    expect(published()).toEqual([camera])
    expect(republished()).toEqual([{ published: 1, failures: [] }])
  })

  it('that is closed is not published', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { published, republished, end } = await live([camera, microphone])
    camera._isClosed = true
    camera.enabled = false
    await end()
    expect(published()).toEqual([microphone])
    expect(republished()).toEqual([{ published: 1, failures: [] }])
  })
})

describe('the option tracks', () => {
  it('may hold closed tracks, which are not published', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const { published, republished, end } = await live([], { tracks: () => [camera, microphone] })
    camera._isClosed = true
    await end()
    expect([published(), republished()]).toEqual([[microphone], [{ published: 1, failures: [] }]])
  })

  it('that throws, or returns none, is a failure in `republished`', async () => {
    const broken: (() => readonly FakeTrack[])[] = [
      () => {
        throw new Error('from the app')
      },
      () => undefined as never,
    ]
    for (const tracks of broken) {
      const { renewer, clock, published, republished, end } = await live([make('camera')], {
        tracks,
      })
      await end()
      expect(republished()).toEqual([{ published: 0, failures: [expect.any(Error)] }])
      expect(published()).toEqual([])
      await clock.advance(HOUR_MS)
      expect(renewer.phase).toBe('fresh')
    }
  })

  it('is asked again right before each track', async () => {
    let wanted = [make('camera'), make('microphone')]
    const { client, clock, published, republished, end } = await live([], { tracks: () => wanted })
    client.onPublish = 'hang'
    await end()
    wanted = wanted.slice(0, 1)
    client.onPublish = 'ok'
    client.answer()
    await clock.advance(0)
    expect(published()).toEqual(wanted)
    expect(republished()).toEqual([{ published: 1, failures: [] }])
  })
})

type Step = 'drop' | 'drop media' | 'unpublish'

describe('a track of a session that is over', () => {
  it('does not come back after the app has joined again by itself during `beforeRejoin`', async () => {
    const [camera, microphone] = [make('camera'), make('microphone')]
    const ready: (() => void)[] = []
    const beforeRejoin = () => new Promise<void>((resolve) => ready.push(resolve))
    const all = await live([camera, microphone], { beforeRejoin })
    await all.end()
    await all.client.join('', 'room', 'token', 4711)
    await all.client.publish(microphone)
    ready[0]?.()
    await all.clock.advance(60_000)
    await all.end()
    ready[1]?.()
    await all.clock.advance(0)
    expect(all.published()).toEqual([microphone])
  })

  it('is not published in the next, also where the line drops at once and the SDK lists nothing', async () => {
    const { client, renewer, clock, published } = await live([make('microphone')])
    client._p2pChannel = undefined
    client.dropLine()
    client.restoreLine()
    await renewer.leave()
    client.on('connection-state-change', (state: string, previous: string) => {
      if (previous + state === 'CONNECTINGCONNECTED') client.dropLine()
    })
    await renewer.join()
    client.expireSilently()
    await clock.advance(10_000)
    expect(published()).toEqual([])
  })
})
