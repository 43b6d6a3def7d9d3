import { ACCESS_POINT_TEXTS, type Refusal } from '@rtc-token/edge'
import { canLoopUdp, loopbackMedia } from '@rtc-token/edge/media'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { heard, joinBare, publishMicrophone } from './support/bare-client.ts'
import { lifeNow, whenLate } from './support/life.ts'
import { openUntouchedScene, type UntouchedScene } from './support/untouched-scene.ts'

// Nothing in these pages knows of the edge: names lead to it, and TLS and WebSockets are real.

const bundle = inject('bundle')

const hasUdp = await canLoopUdp()
if (!hasUdp) process.stderr.write('No UDP on loopback: the tests of media are skipped.\n')

describe.concurrent('the page in live mode', whenLate, () => {
  it('joins over TLS under the platform’s names, and renews', async () => {
    const scene = await openUntouchedScene(bundle, { ttlSeconds: lifeNow() })
    const { page, demo, fact, sockets, seen, until, close } = scene
    await until('renewed', 2)
    expect(sockets).toContainEqual(
      expect.stringMatching(/^wss:\/\/stand-in\.edge\.(agora\.io|sd-rtn\.com)\//),
    )
    const used = seen('joined', 'renewed').map(({ tokenFingerprint }) => tokenFingerprint)
    expect(used).toEqual(demo.endpoint.handedOut.slice(0, used.length))
    expect(seen('did-expire', 'dropped', 'refused')).toEqual([])
    expect(await fact('SDK connection').textContent()).toBe('CONNECTED')
    // The switches that break the edge are not offered for Agora's own edge.
    expect(await page.getByText('Clock of the edge').count()).toBe(0)
    await close()
  })

  it('comes back when the endpoint was down past the token’s end', async () => {
    const scene = await openUntouchedScene(bundle, { ttlSeconds: lifeNow() })
    const { demo, turnTokenServer, seen, until, close } = scene
    await until('joined')
    await turnTokenServer('Down')
    await until('did-expire')
    await turnTokenServer('Up')
    await until('joined', 2)
    const [first, second] = seen('joined')
    expect(second).toMatchObject({ uid: first?.uid })
    expect(demo.endpoint.handedOut).toContain(second?.tokenFingerprint)
    await until('renewed', seen('renewed').length + 1)
    await close()
  })
})

describe.concurrent('the bare SDK', () => {
  const media = loopbackMedia()
  let scene: UntouchedScene

  beforeAll(async () => {
    scene = await openUntouchedScene(bundle, { media, keepSeconds: 5 })
    return () => scene.close()
  })

  const openClient = (): Promise<Page> => scene.openBare()

  it.skipIf(!hasUdp)(
    'sends its microphone, and resumes with media up after a line drop',
    async () => {
      const page = await openClient()
      expect(await joinBare(page, { user: { uid: 11 } })).toBe('11')
      await publishMicrophone(page)
      await scene.until('media')
      const packets = (): number =>
        scene.edge.sessions().find(({ uid }) => uid === 11)?.rtpPackets ?? 0
      await vi.waitFor(() => expect(packets()).toBeGreaterThan(25), 10_000)
      scene.edge.dropConnections({ uid: 11 })
      await scene.until('rejoined')
      expect(scene.seen('joined').filter(({ uid }) => uid === 11)).toHaveLength(1)
      const before = packets()
      await vi.waitFor(() => expect(packets()).toBeGreaterThan(before + 25), 10_000)
      await page.close()
    },
  )

  it('sees others come, publish and go', async () => {
    const [ann, bob] = await Promise.all([openClient(), openClient()])
    await joinBare(ann, { user: { uid: 21 } })
    await joinBare(bob, { user: { uid: 22 } })
    await heard(ann, '22 joined')
    await heard(bob, '21 joined')
    await publishMicrophone(bob)
    await heard(ann, '22 published audio')
    await bob.evaluate(() => window.client.unpublish())
    await heard(ann, '22 unpublished audio')
    await bob.evaluate(() => window.client.leave())
    await heard(ann, '22 left: Quit')
    await Promise.all([ann.close(), bob.close()])
  })

  it('sees an audience in live mode only once it becomes host', async () => {
    const [ann, bob] = await Promise.all([openClient(), openClient()])
    await joinBare(ann, { user: { account: 'ann' }, mode: 'live' })
    expect(await joinBare(bob, { user: { account: 'bob' }, mode: 'live' })).toBe('bob')
    await bob.evaluate(() => window.client.setClientRole('host'))
    await heard(ann, 'bob joined')
    expect(await ann.evaluate(() => window.heard.filter((text) => text.startsWith('bob')))).toEqual(
      ['bob joined'],
    )
    await bob.evaluate(() => window.client.setClientRole('audience'))
    await heard(ann, 'bob left: BecomeAudience')
    await Promise.all([ann.close(), bob.close()])
  })

  it('says why it was turned away in the platform’s words', async () => {
    const page = await openClient()
    const user = { uid: 31 }
    for (const [refusal, text] of Object.entries(ACCESS_POINT_TEXTS)) {
      scene.edge.faults.set({ refuseJoins: refusal as Refusal }, user)
      expect(await joinBare(page, { user })).toContain(text)
    }
    scene.edge.faults.set({ refuseJoins: false }, user)
    expect(await joinBare(page, { user })).toBe('31')
    await page.close()
  })

  it.each([
    [
      51,
      'signed with another certificate',
      'SIGNATURE_INVALID',
      { appCertificate: 'f'.repeat(32) },
    ],
    [52, 'for another channel', 'CHANNEL_MISMATCH', { channel: 'elsewhere' }],
    [53, 'for another uid', 'USER_MISMATCH', { user: { uid: 7 } }],
  ])('refuses uid %s with a token %s', async (uid, _, reason, forged) => {
    const page = await openClient()
    expect(await joinBare(page, { user: { uid }, forged })).toContain(ACCESS_POINT_TEXTS.invalid)
    const refusals = scene.seen('refused').filter((refusal) => refusal.uid === uid)
    expect(new Set(refusals.map((refusal) => refusal.reason))).toEqual(new Set([reason]))
    await page.close()
  })

  it('is put out by a ban, and not let in again', async () => {
    const page = await openClient()
    const user = { uid: 41 }
    await joinBare(page, { user })
    expect(scene.edge.ban(user)).toBe(1)
    await heard(page, 'DISCONNECTED UID_BANNED')
    expect(await joinBare(page, { user })).toContain('UID_BANNED')
    scene.edge.unban()
    expect(await joinBare(page, { user })).toBe('41')
    await page.close()
  })
})
