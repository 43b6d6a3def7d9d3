import { launchChromium } from '@rtc-token/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { RotationState } from '../server/rotation/rotation.ts'
import { lifeNow, whenLate } from './support/life.ts'
import { openScene, type Scene } from './support/scene.ts'

const PATIENCE = { timeout: 60_000, interval: 100 }

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe.concurrent('the rotation', whenLate, () => {
  it('swaps the keys while two seats stay in their call', async () => {
    const scene = await open()
    const { page, seen, until, close } = scene
    await press(page, 'Join as B')
    await until('joined', 2)
    const [old = ''] = (await state(scene)).keyIds
    await press(page, '1. Add the secondary key')
    await until('renewed', seen('renewed').length + 2)
    expect(await keysInUse(scene)).toEqual([old, old])
    await press(page, '2. Sign with it')
    await vi.waitFor(async () => expect(await keysInUse(scene)).not.toContain(old), PATIENCE)
    const { keyIds } = await state(scene)
    expect(keyIds).toEqual([expect.not.stringMatching(old), old])
    expect(await keysInUse(scene)).toEqual([keyIds[0], keyIds[0]])
    await press(page, '3. Drop the old key')
    await until('renewed', seen('renewed').length + 2)
    expect((await state(scene)).keyIds).toEqual([keyIds[0]])
    expect(seen('joined')).toHaveLength(2)
    expect(seen('refused', 'renew-refused', 'did-expire', 'dropped', 'left')).toEqual([])
    const calm = page.getByRole('row', { name: new RegExp(` CONNECTED .*${keyIds[0]}`) })
    await calm.nth(1).waitFor()
    await close()
  })

  it('renews with a token of the old key during the overlap', async () => {
    const scene = await open()
    const { page, close } = scene
    await press(page, 'Ask for a token')
    await page.getByText('The request was answered with 200.').waitFor()
    const [old = ''] = (await state(scene)).keyIds
    await press(page, '1. Add the secondary key')
    await press(page, '2. Sign with it')
    await page.getByText(/may be dropped in \d+ s/).waitFor()
    const drop = page.getByRole('button', { name: '3. Drop the old key' })
    expect(await drop.isDisabled()).toBe(true)
    await press(page, 'Renew the last one')
    await page.getByText('The renewal was answered with 200.').waitFor()
    const { tokens, keyIds } = await state(scene)
    const renewed = tokens.find(({ where }) => where === 'renewed here')
    expect(renewed?.keyId).toBe(keyIds[0])
    expect(renewed?.keyId).not.toBe(old)
    expect(await page.content()).not.toMatch(/00[67]eJ/)
    await close()
  })

  it('shows what dropping too early does, on projects of its own', async () => {
    const scene = await open()
    const { page, close } = scene
    const { keyIds } = await state(scene)
    await press(page, 'Try it on throw-away projects')
    const rows = page.getByRole('table', { name: 'One rotation with an overlap' }).getByRole('row')
    await rows.last().waitFor()
    const texts = await rows.allTextContents()
    expect(texts[1]).toMatch(/Let inTurned away: SIGNATURE_INVALID$/)
    expect(texts[2]).toMatch(/200400 previous_token_invalid$/)
    expect(texts[4]).toMatch(/Let inLet in$/)
    expect((await state(scene)).keyIds).toEqual(keyIds)
    await close()
  })
})

function open(): Promise<Scene> {
  return openScene(browser, bundle, { hash: '#/rotation', ttlSeconds: lifeNow() })
}

/** Presses by keyboard, once the button can be pressed. */
async function press(page: Page, name: string): Promise<void> {
  await page.locator('button:enabled').filter({ hasText: name }).press('Enter')
}

/** The keys of the tokens with which users are in the call at the edge. */
async function keysInUse(scene: Scene): Promise<readonly (string | null)[]> {
  return (await state(scene)).seats.map(({ keyId }) => keyId)
}

/** What the server says, asked beside the page. */
function state({ page }: Scene): Promise<RotationState> {
  return page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: '{}' }
    const response = await fetch('/demo/rotation/state', init)
    return (await response.json()) as RotationState
  })
}
