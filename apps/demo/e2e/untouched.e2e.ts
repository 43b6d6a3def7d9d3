import { ACCESS_POINT_TEXTS, type Refusal } from '@rtc-token/edge'
import { canLoopUdp, loopbackMedia } from '@rtc-token/edge/media'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heard, joinBare, loadSdk, publishMicrophone } from './support/bare-client.ts'
import { type Bundle, bundlePage } from './support/scene.ts'
import { openUntouchedScene, type UntouchedScene } from './support/untouched-scene.ts'

// Nothing in these pages knows of the edge: names lead to it, and TLS and WebSockets are real.

let bundle: Bundle
let scene: UntouchedScene

const hasUdp = await canLoopUdp()
if (!hasUdp) process.stderr.write('No UDP on loopback: the tests of media are skipped.\n')

beforeAll(async () => {
  bundle = await bundlePage()
})

afterAll(async () => {
  await bundle?.remove()
})

describe.concurrent('the untouched page', () => {
  it('joins over TLS under the platform’s names, and renews', async () => {
    const { demo, openDemo, seen, until, close } = await openUntouchedScene(bundle)
    const page = await openDemo()
    const socket = await page.waitForEvent('websocket')
    expect(new URL(socket.url())).toMatchObject({
      protocol: 'wss:',
      hostname: expect.stringMatching(/^stand-in\.edge\.(agora\.io|sd-rtn\.com)$/),
    })
    await until('renewed', 2)
    const used = seen('joined', 'renewed').map(({ tokenFingerprint }) => tokenFingerprint)
    expect(used).toEqual(demo.endpoint.handedOut.slice(0, used.length))
    expect(seen('did-expire', 'dropped', 'refused')).toEqual([])
    await close()
  })

  it('comes back when the endpoint was down past the token’s end', async () => {
    const { demo, openDemo, seen, until, close } = await openUntouchedScene(bundle)
    const page = await openDemo()
    await until('joined')
    demo.endpoint.isUp = false
    await until('did-expire')
    await page.waitForSelector('#connection:text("DISCONNECTED")')
    demo.endpoint.isUp = true
    await until('joined', 2)
    const [first, second] = seen('joined')
    expect(second).toMatchObject({ uid: first?.uid })
    expect(second?.tokenFingerprint).toBe(demo.endpoint.handedOut.at(-1))
    await until('renewed')
    await close()
  })
})

describe('the bare SDK', () => {
  const media = loopbackMedia()

  beforeAll(async () => {
    scene = await openUntouchedScene(bundle, { media, keepSeconds: 5 })
    return () => scene.close()
  })

  async function openClient(): Promise<Page> {
    const page = await scene.openEmpty()
    await loadSdk(page)
    return page
  }

  it.skipIf(!hasUdp)('sends its microphone, and resumes with media up after a line drop', async () => {
    const page = await openClient()
    expect(await joinBare(page, { user: { uid: 11 } })).toBe('11')
    await publishMicrophone(page)
    await scene.until('media')
    const packets = (): number => scene.edge.sessions().find(({ uid }) => uid === 11)?.rtpPackets ?? 0
    await expect.poll(packets, { timeout: 10_000 }).toBeGreaterThan(25)
    scene.edge.dropConnections({ uid: 11 })
    await scene.until('rejoined')
    expect(scene.seen('joined').filter(({ uid }) => uid === 11)).toHaveLength(1)
    const before = packets()
    await expect.poll(packets, { timeout: 10_000 }).toBeGreaterThan(before + 25)
    await page.close()
  })

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
    expect(await ann.evaluate(() => window.heard.filter((text) => /^bob/.test(text)))).toEqual([
      'bob joined',
    ])
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
