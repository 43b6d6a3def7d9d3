import { findFirefox } from '@rtc-token/chromium/firefox'
import { firefox } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { LIFE_SECONDS } from './support/life.ts'
import { openScene } from './support/scene.ts'

// The page once in another browser's engine, as Debian ships it.

const executablePath = findFirefox()
if (executablePath === undefined) {
  process.stderr.write('No Firefox: its test is skipped. To run it: apt-get install firefox-esr\n')
}

describe.skipIf(executablePath === undefined)('the page in Firefox', () => {
  it('joins, renews, and comes back as the same user when a token has expired', async () => {
    const browser = await firefox.launch({
      channel: 'moz-firefox',
      executablePath: executablePath!,
    })
    const scene = await openScene(browser, inject('bundle'), { ttlSeconds: LIFE_SECONDS })
    const { fact, turnTokenServer, seen, until, close } = scene
    await until('renewed')
    await turnTokenServer('Down')
    await until('did-expire')
    await turnTokenServer('Up')
    await until('joined', 2)
    const [first, second] = seen('joined').map(({ uid }) => uid)
    expect(second).toBe(first)
    await fact('SDK connection').getByText('CONNECTED', { exact: true }).waitFor()
    await close()
    await browser.close()
  })
})
