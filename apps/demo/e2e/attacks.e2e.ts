import { launchChromium } from '@rtc-token/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { AttackReport } from '../server/labs.ts'
import { openScene } from './support/scene.ts'

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe('the attack board', () => {
  it('shows that every attack fails here and succeeds at the naive endpoint', async () => {
    const { page, close } = await openScene(browser, bundle, { hash: '#/attacks' })
    const response = page.waitForResponse('**/demo/attacks/run')
    await page.getByRole('button', { name: 'Run the attacks' }).press('Enter')
    const { results } = (await (await response).json()) as AttackReport
    const all = `${results.length} of ${results.length}`
    expect(results.every(({ isHeld, naive }) => isHeld && naive.loot !== null)).toBe(true)
    await page.getByRole('button', { name: 'Attack again' }).waitFor()
    expect(await page.locator('dd').allTextContents()).toEqual([String(results.length), all, all])
    // The head of the table is a row as well.
    expect(await page.getByRole('row').count()).toBe(results.length + 1)
    const everything = page.getByRole('row', { name: /^Asks for everything at once/ })
    const shown = await everything.textContent()
    for (const part of ['400 wildcard_refused', 'every channel', 'For everybody', 'for 24 h']) {
      expect(shown).toContain(part)
    }
    expect(await page.content()).not.toMatch(/00[67]eJ/)
    await close()
  })
})
