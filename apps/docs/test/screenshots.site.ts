import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '@rtc-token/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { DIST } from './support/built-site.ts'
import { type ServedFolder, serveFolder } from './support/serve-folder.ts'

// To look at: SCREENSHOTS=test/screenshots npx vitest run screenshots

const folder = process.env['SCREENSHOTS'] ?? ''
const PAGES = ['index', 'start', 'errors/rate_limited', 'inspector', 'reference/server']

const LOOKS = [
  [360, 'dark'],
  [1280, 'light'],
] as const

let browser: Browser
let site: ServedFolder

beforeAll(async () => {
  if (folder === '') return
  mkdirSync(folder, { recursive: true })
  browser = await launchChromium()
  site = await serveFolder(DIST)
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

it.runIf(folder !== '').each(PAGES)('%s is put into a picture', async (path) => {
  for (const [width, colorScheme] of LOOKS) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    await page.goto(site.address + path)
    if (path === 'inspector') await page.getByRole('button', { name: '007' }).click()
    const name = `${path.replaceAll('/', '-')}-${width}-${colorScheme}.png`
    await page.screenshot({ path: join(folder, name) })
    await page.close()
  }
})
