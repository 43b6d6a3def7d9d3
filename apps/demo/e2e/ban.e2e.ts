import { launchChromium } from '@rtc-token/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDemo } from '../server/demo.ts'
import { removalsInRedis } from '../server/token-server/kept-removals.ts'
import { HAS_REDIS, startRedis } from './support/redis.ts'
import { openScene, PROJECT, type Scene, type SceneOptions } from './support/scene.ts'

// Ban and Readmit on the Call screen: handler.remove, Agora's REST API and its notifications, with the real SDK. Tokens
// live long here: who is out is out because of the ban.

const bundle = inject('bundle')
const TTL_SECONDS = 300

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe('a banned user', () => {
  it('is out within a second, and stays out until readmitted, however they try', async () => {
    const scene = await openJoined()
    const { page, press, logged, demo, seen, until, close } = scene
    expect(await msUntilOut(scene)).toBeLessThan(1000)
    const [banned] = seen('banned')
    await logged(`Agora notifies: user.left, removed (${banned?.uid})`)
    await logged('The session is over: banned')
    const { handedOut } = demo.endpoint
    const tokens = handedOut.length
    await press('Try the token in hand', 'A')
    await logged('The token in hand lets no one in')
    await expectRefused(scene)
    await press('Restart the token server')
    await logged('The token server has restarted')
    await expectRefused(scene)
    expect(handedOut).toHaveLength(tokens)
    expect(seen('joined')).toHaveLength(1)
    expect(seen('refused').map(({ reason }) => reason)).toContain('BANNED')
    expect(await page.content()).not.toContain('007eJx')
    await press('Readmit', 'A')
    await logged('Seat A may come back')
    await press('Join', 'A')
    await until('joined', 2)
    expect(handedOut).toHaveLength(tokens + 1)
    await close()
  })

  it('is seen to leave by others, who stay', async () => {
    const { press, fact, demo, until, close } = await openJoined()
    await press('Join', 'B')
    await until('joined', 2)
    await fact('Sees', 'B').getByText('Seat A').waitFor()
    await press('Ban', 'A')
    await fact('Sees', 'B').getByText('Seat A').waitFor({ state: 'detached' })
    expect(demo.edge?.sessions()).toHaveLength(1)
    await close()
  })

  it.skipIf(!HAS_REDIS)('stays out in every process that shares a Redis', async () => {
    const redis = await startRedis()
    const scene = await openJoined({ removals: removalsInRedis(redis.url) })
    const { press, seen, close } = scene
    await msUntilOut(scene)
    await press('Restart the token server')
    await expectRefused(scene)
    const removals = removalsInRedis(redis.url)
    const other = createDemo({ project: PROJECT, isCloud: false, removals })
    const uid = seen('banned')[0]?.uid ?? 0
    await expect.poll(() => other.endpoint.readmit({ uid })).toEqual({ wasRemoved: true })
    await other.close()
    await close()
    redis.stop()
  })
})

async function openJoined(options: SceneOptions = {}): Promise<Scene> {
  const scene = await openScene(browser, bundle, { ttlSeconds: TTL_SECONDS, ...options })
  await scene.until('joined')
  await scene.fact('SDK connection').getByText('CONNECTED', { exact: true }).waitFor()
  return scene
}

/** Bans seat A, and tells after how many milliseconds the page shows that it is out. */
async function msUntilOut({ seat }: Scene): Promise<number> {
  return seat('A').evaluate(async (card) => {
    const isOut = (): boolean =>
      card.querySelector('[data-fact="SDK connection"]')?.textContent === 'DISCONNECTED'
    const ban = [...card.querySelectorAll('button')].find((one) => one.textContent === 'Ban')
    const startedAt = performance.now()
    ban?.click()
    while (!isOut()) await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - startedAt
  })
}

/** Joins with a new token, which is not given. */
async function expectRefused({ page, press }: Scene): Promise<void> {
  const refusals = page.getByRole('region', { name: 'Events' }).getByText('HTTP 403 removed')
  const before = await refusals.count()
  await press('Join', 'A')
  await expect.poll(() => refusals.count(), { timeout: 30_000 }).toBeGreaterThan(before)
}
