import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type LabScene, type LabStart, openLab } from './support/lab-scene.ts'

// Privacy first, with the real SDK and the real hooks of agora-rtc-react, as the edge sees it: a user who
// has hung up is not heard again, and a track that was taken out does not come back.

const PATIENCE = { timeout: 60_000, interval: 50 }
/** Much longer than a user who comes back needs: attempts follow every quarter of a second or two. */
const LONG_MS = 6000

const WAYS: readonly [name: string, how: LabStart, isStrict: boolean][] = [
  ['with the SDK alone', 'startPlain', false],
  ['with useJoin', 'startHooks', false],
  ['with useJoin in StrictMode', 'startHooks', true],
  ['with the hook that joins', 'startJoining', false],
  ['with the hook that joins, in StrictMode', 'startJoining', true],
]

let scene: LabScene

beforeAll(async () => {
  scene = await openLab()
})

afterAll(() => scene?.close())

describe.concurrent('a user who hangs up', () => {
  it.each(WAYS)('while the endpoint is down stays away, %s', async (_, how, isStrict) => {
    const { page, turnEndpoint, endToken, count, published } = await scene.open(how, isStrict)
    turnEndpoint('down')
    await endToken()
    await page.waitForFunction(() => window.lab.client.connectionState === 'DISCONNECTED')
    await page.evaluate(() => window.lab.hangUp())
    turnEndpoint('up')
    const before = count('joined')
    await page.waitForTimeout(LONG_MS)
    expect([count('joined'), published()]).toEqual([before, undefined])
    await page.close()
  })

  // What cannot be known, and why `enabled` is there; it also shows that the test above can fail.
  it('comes back when the hook is not told', async () => {
    const { page, turnEndpoint, endToken, until, count } = await scene.open('startHooks')
    turnEndpoint('down')
    await endToken()
    await page.waitForFunction(() => window.lab.client.connectionState === 'DISCONNECTED')
    await page.evaluate(() => window.lab.show({ isCalling: false, isTold: false }))
    const before = count('joined')
    turnEndpoint('up')
    await until('joined', before + 1)
    await page.close()
  })

  it.each(WAYS.slice(0, 3))(
    'by the client’s own leave() during the rejoin stays away, %s',
    async (_, how, isStrict) => {
      const { page, uid, endToken, count, published } = await scene.open(how, isStrict)
      const before = count('joined')
      scene.edge.faults.set({ answerDelayMs: 2000 }, { uid })
      await endToken()
      await page.waitForFunction(() => window.lab.client.connectionState === 'CONNECTING')
      await page.evaluate(() => window.lab.client.leave())
      scene.edge.faults.set({ answerDelayMs: 0 }, { uid })
      await page.waitForTimeout(LONG_MS)
      expect([count('joined'), published()]).toEqual([before, undefined])
      await page.close()
    },
  )
})

describe.each(WAYS.slice(0, 3))('a track, %s,', (_, how, isStrict) => {
  it('that the user has taken out stays out at every later end', async () => {
    const { page, endToken, until, published } = await scene.open(how, isStrict)
    for (const times of [1, 2]) {
      await endToken()
      await until('joined', 1 + times)
      if (times === 1) {
        await vi.waitFor(() => expect(published()).toEqual(['audio', 'video']), PATIENCE)
        await page.evaluate(() => window.lab.takeOutMicrophone())
      }
      await vi.waitFor(() => expect(published()).toContain('video'), PATIENCE)
    }
    await page.waitForTimeout(1000)
    expect(published()).toEqual(['video'])
    await page.close()
  })

  it('that is closed is not published', async () => {
    const { page, endToken, published } = await scene.open(how, isStrict)
    await page.evaluate(() => window.lab.camera.close())
    await endToken()
    await vi.waitFor(() => expect(published()).toContain('audio'), PATIENCE)
    await page.waitForTimeout(1000)
    expect(published()).toEqual(['audio'])
    await page.close()
  })

  it('that is disabled comes back, to be on the air once it is enabled', async () => {
    const seat = await scene.open(how, isStrict)
    const listener = await scene.open('startPlain', false, seat.channel)
    const { page, endToken, until, published, onAir } = seat
    await page.evaluate(() => window.lab.camera.setEnabled(false))
    await vi.waitFor(async () => expect(await onAir(listener)).toBe('audio'), PATIENCE)
    await endToken()
    await until('joined', 2)
    await vi.waitFor(() => expect(published()).toEqual(['audio', 'video']), PATIENCE)
    await vi.waitFor(async () => expect(await onAir(listener)).toBe('audio'), PATIENCE)
    await page.evaluate(() => window.lab.camera.setEnabled(true))
    await vi.waitFor(async () => expect(await onAir(listener)).toBe('audio video'), PATIENCE)
    await Promise.all([page.close(), listener.page.close()])
  })
})

// One after the other: a line that is cut is cut for all.
describe('a track that is taken out while the SDK reconnects', () => {
  it.each(WAYS.slice(0, 3))('stays out, %s', async (_, how, isStrict) => {
    const { page, uid, count, published } = await scene.open(how, isStrict)
    const before = count('joined')
    scene.edge.faults.set({ cutLines: true })
    scene.edge.dropConnections({ uid })
    await page.waitForFunction(() => window.lab.client.connectionState === 'RECONNECTING')
    // By then it has given up its connection for media, and lists nothing.
    await page.waitForFunction(() => window.lab.client.localTracks.length === 0)
    await page.evaluate(() => window.lab.takeOutMicrophone())
    scene.edge.endTokens({ uid })
    scene.edge.faults.clear()
    await vi.waitFor(() => expect(count('joined')).toBe(before + 1), PATIENCE)
    await vi.waitFor(() => expect(published()).toContain('video'), PATIENCE)
    await page.waitForTimeout(1000)
    expect(published()).toEqual(['video'])
    await page.close()
  })
})
