import { launchChromium } from '@rtc-token/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CHANNEL } from '../server/token-server/authorize.ts'
import { lifeNow, whenLate } from './support/life.ts'
import { openScene, type Scene } from './support/scene.ts'

// Every switch of the Call screen: turned on the page, and told by what the edge and the endpoint saw.

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe.concurrent('the switches of the Call screen', whenLate, () => {
  it('line cut while the token ends: joins anew once the line is mended', async () => {
    const scene = await openJoined()
    const { press, logged, turnTokenServer, seen, until, close } = scene
    await turnTokenServer('Down')
    await until('will-expire')
    await press('Cut the line')
    await logged('The token has ended')
    expect(seen('did-expire')).toEqual([])
    await press('Cut the line')
    await turnTokenServer('Up')
    await until('joined', 2)
    await expectHealed(scene)
    await close()
  })

  it('token server down past the end: comes back, and publishes again', async () => {
    const scene = await openJoined()
    const { press, turnTokenServer, demo, seen, until, close } = scene
    await press('Publish a tone', 'A')
    await until('published')
    await turnTokenServer('Down')
    await until('did-expire')
    expect(seen('joined')).toHaveLength(1)
    await turnTokenServer('Up')
    await until('published', 2)
    const [first, second] = seen('joined')
    expect(second).toMatchObject({ uid: first?.uid, channel: CHANNEL })
    expect(second?.tokenFingerprint).not.toBe(first?.tokenFingerprint)
    expect(demo.endpoint.handedOut).toContain(second?.tokenFingerprint)
    await expectHealed(scene)
    await close()
  })

  it('token server down for a while: no user drops', async () => {
    const scene = await openJoined()
    const { logged, turnTokenServer, demo, close } = scene
    await turnTokenServer('Down')
    await logged('Try 1 failed (SOURCE_FAILED')
    await turnTokenServer('Up')
    await expectHealed(scene)
    expect(demo.endpoint.turnedAway).toBeGreaterThan(0)
    expectNobodyDropped(scene)
    await close()
  })

  it('token server slow: the renewal takes longer, and no user drops', async () => {
    const scene = await openJoined()
    const { page, turnTokenServer, seen, until, close } = scene
    await turnTokenServer('Slow')
    await until('renewed', seen('renewed').length + 2)
    const text = await page.textContent('li:has-text("New token in use")')
    const seconds = Number(/([\d.]+) s$/.exec(text ?? '')?.[1])
    // A slow server takes a fifth of a life, eight seconds at most.
    expect(seconds).toBeGreaterThanOrEqual(Math.min(8, scene.lifeSeconds / 5))
    await expectHealed(scene)
    expectNobodyDropped(scene)
    await close()
  })

  it('token server says 429: it is left alone for as long as it asks, and no user drops', async () => {
    // So that a wait of two seconds leaves time for one more try before the end.
    const scene = await openJoined(2 * lifeNow())
    const { logged, turnTokenServer, demo, close } = scene
    await turnTokenServer('429 Too many')
    await logged(/Try 1 failed .* the next in 2\.\d s/)
    const refusedAt = Date.now()
    await turnTokenServer('Up')
    const mostTries = 1 + Math.ceil((Date.now() - refusedAt) / 2000)
    await expectHealed(scene)
    expect(demo.endpoint.turnedAway).toBeLessThanOrEqual(mostTries)
    expectNobodyDropped(scene)
    await close()
  })

  it('token server says 403: gives up, and comes back when told to', async () => {
    const scene = await openJoined()
    const { seat, press, logged, turnTokenServer, demo, seen, until, close } = scene
    await turnTokenServer('403 Forbidden')
    await logged('Gave up: SOURCE_DENIED')
    await until('did-expire')
    await scene.fact('SDK connection').getByText('DISCONNECTED').waitFor()
    expect(await seat('A').getByText('failed', { exact: true }).count()).toBe(1)
    expect(demo.endpoint.turnedAway).toBe(1)
    expect(seen('joined')).toHaveLength(1)
    await turnTokenServer('Up')
    await press('Renew now', 'A')
    await until('joined', 2)
    await expectHealed(scene)
    await close()
  })

  it('edge ignores renewals: the end comes, and the next token is joined with', async () => {
    const scene = await openJoined()
    const { press, seen, until, close } = scene
    await press('Ignore renew_token')
    await until('renew-swallowed')
    await until('joined', 2)
    const swallowedAt = seen('renew-swallowed')[0]?.at ?? Infinity
    const since = seen('renewed', 'did-expire').filter(({ at }) => at >= swallowedAt)
    expect(since.map(({ type }) => type)).toEqual(['did-expire'])
    await press('Ignore renew_token')
    await expectHealed(scene)
    await close()
  })

  it('line drops once: back in the channel on the same token, and renewed', async () => {
    const scene = await openJoined()
    const { press, seen, until, close } = scene
    await press('Drop the line once')
    await until('dropped')
    await until('joined', 2)
    const [dropped] = seen('dropped')
    expect(seen('joined')[1]).toMatchObject({
      uid: dropped?.uid,
      tokenFingerprint: dropped?.tokenFingerprint,
    })
    await expectHealed(scene)
    expect(seen('did-expire')).toEqual([])
    await close()
  })

  it('edge’s clock a quarter of a life ahead: renews in time all the same', async () => {
    const scene = await openJoined()
    await turnClock(scene, `${scene.lifeSeconds / 4} s ahead`)
    await scene.until('renewed', 2)
    await expectHealed(scene)
    expectNobodyDropped(scene)
    await scene.close()
  })

  it('edge’s clock a whole life ahead: out, and back once it is right', async () => {
    const scene = await openJoined()
    const { seen, until, close } = scene
    await turnClock(scene, `${scene.lifeSeconds} s ahead`)
    await until('did-expire')
    await until('refused')
    expect(seen('refused').map(({ reason }) => reason)).toContain('TOKEN_EXPIRED')
    await turnClock(scene, 'Right')
    await until('joined', 2)
    await expectHealed(scene)
    await close()
  })

  it('edge’s clock behind: renewals are refused, and go through once it is right', async () => {
    const scene = await openJoined()
    const { seen, until, close } = scene
    await turnClock(scene, `${scene.lifeSeconds / 4} s behind`)
    await until('renew-refused')
    expect(seen('renew-refused')[0]?.reason).toBe('TOKEN_NOT_YET_VALID')
    await turnClock(scene, 'Right')
    await expectHealed(scene)
    await close()
  })

  it('tab asleep: renews on waking, without waiting for its moment', async () => {
    const scene = await openJoined()
    const { press, demo, seen, until, close } = scene
    const asleepAt = Date.now()
    await press('Let the tab sleep', 'A')
    await until('renewed')
    const [joined] = seen('joined')
    const [renewed] = seen('renewed')
    expect(renewed?.uid).toBe(joined?.uid)
    expect(renewed?.tokenFingerprint).toBe(demo.endpoint.handedOut[1])
    // Its own moment would be at least three eighths of a life away.
    expect((renewed?.at ?? Infinity) - asleepAt).toBeLessThan(250 * scene.lifeSeconds)
    await expectHealed(scene)
    expectNobodyDropped(scene)
    await close()
  })
})

describe.concurrent('the Call screen', whenLate, () => {
  it('has up to four seats that see each other', async () => {
    const { page, press, fact, seen, until, close } = await openJoined()
    await press('Join', 'B')
    await until('joined', 2)
    await press('Publish a tone', 'B')
    await fact('Sees').getByText('Seat B (publishes)').waitFor()
    await fact('Sees', 'B').getByText('Seat A').waitFor()
    for (const name of ['C', 'D']) {
      await press('Add a seat')
      await press('Join', name)
    }
    await until('joined', 4)
    expect(new Set(seen('joined').map(({ uid }) => uid)).size).toBe(4)
    expect(await page.getByRole('button', { name: 'Add a seat' }).isDisabled()).toBe(true)
    await fact('Sees').getByText('Seat D').waitFor()
    await press('Leave', 'B')
    await fact('Sees').getByText('Seat B').waitFor({ state: 'detached' })
    await close()
  })

  it('filters its log, copies it as text, and shows no token', async () => {
    const { page, press, logged, demo, until, close } = await openJoined()
    await press('Join', 'B')
    await until('renewed', 2)
    await logged('New token in use')
    await page.getByLabel('Seat', { exact: true }).selectOption('B')
    await page.getByLabel('Kind', { exact: true }).selectOption('phase')
    const marks = page.locator('.log li .muted')
    expect(new Set(await marks.allTextContents())).toEqual(new Set(['B', 'phase']))
    await page.getByLabel('Kind', { exact: true }).selectOption('')
    await press('Copy as text')
    await page.getByText('Copied').waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/^\d{4}-.*Z\tB\tphase\tidle → joining$/m)
    expect(text).not.toMatch(/\tA\t/)
    const all = `${text}${await page.content()}`
    expect(all).not.toContain('007eJx')
    expect(all).toContain(demo.endpoint.handedOut.at(0))
    await close()
  })

  it('keeps the calls when another screen is shown', async () => {
    const { page, fact, seen, until, close } = await openJoined()
    await page.getByRole('link', { name: 'Inspector' }).click()
    await until('renewed')
    await page.getByRole('link', { name: 'Call' }).click()
    expect(await fact('SDK connection').textContent()).toBe('CONNECTED')
    expect(seen('joined')).toHaveLength(1)
    await close()
  })
})

async function openJoined(
  lifeSeconds = lifeNow(),
): Promise<Scene & { readonly lifeSeconds: number }> {
  const permissions = ['clipboard-read', 'clipboard-write']
  const scene = await openScene(browser, bundle, {
    ttlSeconds: lifeSeconds,
    context: { permissions },
  })
  await scene.until('joined')
  await scene.fact('SDK connection').getByText('CONNECTED', { exact: true }).waitFor()
  return { ...scene, lifeSeconds }
}

async function turnClock({ page }: Scene, text: string): Promise<void> {
  const clock = page.getByRole('group', { name: 'Clock of the edge' })
  await clock.getByLabel(text, { exact: true }).check()
}

/** Waits for one more renewal, with a token that was handed out, of a client that is in the channel. */
async function expectHealed({ demo, fact, seen, until }: Scene): Promise<void> {
  await until('renewed', seen('renewed').length + 1)
  expect(demo.endpoint.handedOut).toContain(seen('renewed').at(-1)?.tokenFingerprint)
  expect(await fact('SDK connection').textContent()).toBe('CONNECTED')
  expect(demo.edge?.sessions()).toHaveLength(1)
}

function expectNobodyDropped({ seen }: Scene): void {
  expect(seen('joined')).toHaveLength(1)
  expect(seen('did-expire', 'dropped', 'left', 'refused')).toEqual([])
}
