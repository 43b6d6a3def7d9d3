import { createRequire } from 'node:module'
import { launchChromium } from '@rtc-token/chromium'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIST } from './support/built-site.ts'
import { sdkErrorPath } from '../site/sdk-error-path.ts'
import { type ServedFolder, serveFolder } from './support/serve-folder.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const AXE = createRequire(import.meta.url).resolve('axe-core')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** One page of each kind. */
const TEMPLATES = [
  'index',
  'packages/server',
  'start',
  'what-happens',
  'monitoring',
  'cors',
  'reference/server',
  'errors/index',
  'errors/rate_limited',
  sdkErrorPath({ sdks: ['native'], says: '110 or -110, ErrInvalidToken' }),
  'inspector',
]

let browser: Browser
let site: ServedFolder

beforeAll(async () => {
  browser = await launchChromium()
  site = await serveFolder(DIST)
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** A page of the site, and what it complained about or asked of other hosts. */
async function open(path: string, width = 1280) {
  // axe is put into the page by the test, which the page's own policy would refuse.
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address)) complaints.push(request.url())
  })
  await page.goto(site.address + path)
  return { page, complaints, close: () => context.close() }
}

async function violations(page: Page) {
  const { violations } = await page.evaluate(
    (values) => window.axe.run({ runOnly: { type: 'tag', values } }),
    TAGS,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

describe('each kind of page', () => {
  it.each(TEMPLATES)(
    '%s meets WCAG 2 AA by axe, light and dark, and fits a phone',
    async (path) => {
      const { page, complaints, close } = await open(path)
      await page.addScriptTag({ path: AXE })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations(page)).toEqual([])
      }
      await page.setViewportSize({ width: 360, height: 740 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
      expect(complaints).toEqual([])
      await close()
    },
  )
})

describe('a page', () => {
  it('keeps its own rules: no script, no style and no request is refused by them', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${site.address}packages/server`)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('kick a user')
    await page
      .getByRole('link', { name: /Removing a user/ })
      .first()
      .waitFor()
    expect(complaints).toEqual([])
    const sent = await page.evaluate(() =>
      fetch('index.html').then(
        () => 'sent',
        () => 'refused',
      ),
    )
    expect(sent).toBe('refused')
    await page.close()
  })

  it('is used by keyboard alone', async () => {
    const { page, close } = await open('standalone')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('/')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type('rate limited')
    await page
      .getByRole('link', { name: /^rate_limited/ })
      .first()
      .waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toContain('rate_limited')
    await page.keyboard.press('Enter')
    await page.waitForURL(/errors\/rate_limited/)
    await close()
  })

  it('stays dark when the visitor turned it dark', async () => {
    const { page, close } = await open('index')
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.goto(`${site.address}errors/`)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.getByRole('button', { name: 'Light' }).waitFor()
    await close()
  })

  it('shows what it has to say without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${site.address}errors/rate_limited`)
    await page.getByRole('heading', { name: 'rate_limited: Too many requests' }).waitFor()
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Errors' })
      .click()
    await page.getByRole('heading', { name: 'Problem codes' }).waitFor()
    await context.close()
  })
})

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
}
