import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type LabScene, type LabStart, openLab } from './support/lab-scene.ts'

// One client and who has it, with the real SDK and the real hooks of agora-rtc-react, as the edge sees it.

const PATIENCE = { timeout: 60_000, interval: 50 }

let scene: LabScene

beforeAll(async () => {
  scene = await openLab()
})

afterAll(() => scene?.close())

describe.concurrent('a session that follows another on the same client', () => {
  it.each<[string, LabStart, boolean]>([
    ['after leave() and join() at once', 'startPlain', false],
    ['with another key', 'startJoining', false],
    ['with another key, in StrictMode', 'startJoining', true],
  ])('is joined %s', async (_, how, isStrict) => {
    const { page, count, until, phase } = await scene.open(how, isStrict)
    for (const joins of [2, 3, 4]) {
      await page.evaluate(() => window.lab.again())
      await until('joined', joins)
      await vi.waitFor(async () => expect(await phase()).toBe('fresh'), PATIENCE)
      expect([count('left'), count('joined')]).toEqual([joins - 1, joins])
    }
    await page.close()
  })

  it.each([false, true])('is joined in another channel, StrictMode %s', async (isStrict) => {
    const { page, uid, until, phase, channel } = await scene.open('startJoining', isStrict)
    await page.evaluate((channel) => window.lab.show({ channel }), `${channel}-next`)
    await until('joined', 2)
    await vi.waitFor(async () => expect(await phase()).toBe('fresh'), PATIENCE)
    const mine = scene.edge.sessions().filter((session) => session.uid === uid)
    expect(mine.map((session) => session.channel)).toEqual([`${channel}-next`])
    await page.close()
  })
})

describe.concurrent('a client that the app joins again by itself', () => {
  it('is adopted: it gets the next token, and nothing is left or published anew', async () => {
    const { page, endToken, until, count, published, phase } = await scene.open('startPlain')
    await page.evaluate(() => window.lab.joinOnExpiry())
    await endToken()
    await until('renewed')
    await vi.waitFor(async () => expect(await phase()).toBe('fresh'), PATIENCE)
    await vi.waitFor(() => expect(published()).toEqual(['audio', 'video']), PATIENCE)
    await page.waitForTimeout(3000)
    // Both tracks in one message at first, and one after the other by the app.
    expect([count('joined'), count('left'), count('published')]).toEqual([2, 0, 3])
    await page.close()
  })
})
