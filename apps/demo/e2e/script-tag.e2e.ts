import { launchChromium } from '@rtc-token/chromium'
import { createEdge } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import { expect, it, onTestFinished } from 'vitest'
import { FIRST_PROJECT, serveFirstPage } from './support/first-page.ts'

// The page of the renewer's README, as it stands there: script tags, the real SDK, no build step. The
// rehearsal of a release serves it from what was installed, and names its address.
const SERVED = process.env['RTC_TOKEN_PAGE']

it('joins and renews from script tags', async () => {
  const edge = createEdge({ ...FIRST_PROJECT, willExpireSeconds: 4 })
  const untouched = await serveUntouched(edge)
  onTestFinished(() => untouched.close())
  const browser = await launchChromium(untouched.chromiumSwitches)
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(SERVED ?? (await serveFirstPage()))
  await page.getByText('In the call.').waitFor()
  // The page's own timer would do so too, when three quarters of the minute are over.
  await page.evaluate('renewer.renew()')
  await page.getByText('The next token is in use.').waitFor()
  const used = edge.observations.all.filter(({ type }) => /^(?:joined|renewed)$/.test(type))
  expect(used.map(({ type }) => type)).toEqual(['joined', 'renewed'])
  expect(new Set(used.map(({ tokenFingerprint }) => tokenFingerprint)).size).toBe(2)
})
