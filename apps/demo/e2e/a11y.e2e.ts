import { createRequire } from 'node:module'
import { launchChromium } from '@rtc-token/chromium'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openScene } from './support/scene.ts'
import { PICTURE, takePicture } from './support/picture.ts'
import { fillScreen, SCREENS } from './support/screens.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const AXE = createRequire(import.meta.url).resolve('axe-core')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe.concurrent('every screen', () => {
  it.each(SCREENS)('%s meets WCAG 2 AA by axe, light and dark, and fits a phone', async (name) => {
    const scene = await openScene(browser, bundle, { hash: `#/${name}`, context: PICTURE })
    const { page, close } = scene
    await fillScreen(page, name)
    await takePicture(scene, name)
    await page.addScriptTag({ path: AXE })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
    }
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await close()
  })
})

describe.concurrent('the page', () => {
  it('is used by keyboard alone', async ({ expect }) => {
    const { page, demo, until, close } = await openScene(browser, bundle)
    await until('joined')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Leave')
    await page.keyboard.press('Enter')
    await until('left')
    await page.getByRole('radio', { name: 'Up', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => demo.endpoint.state).toBe('down')
    await page.getByRole('link', { name: 'Inspector' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Why is it refused?' }).waitFor()
    await close()
  })

  it('goes by the system’s theme until its switch is used', async () => {
    const context = { colorScheme: 'dark' } as const
    const { page, press, close } = await openScene(browser, bundle, { context })
    await press('Light')
    const dark = await background(page, 'Dark')
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await background(page, 'Dark')).toBe(dark)
    await press('Dark')
    expect(await background(page, 'Light')).not.toBe(dark)
    await close()
  })
})

/** What axe finds that is serious or critical: rule and elements. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values } })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
  }, TAGS)
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === name) return
  }
  throw new Error(`No element with the text ${name} was reached by twenty presses of Tab.`)
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}

/** The colour of the page once its switch offers the other theme. */
async function background(page: Page, offer: string): Promise<string> {
  await page.getByRole('button', { name: offer, exact: true }).waitFor()
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}
