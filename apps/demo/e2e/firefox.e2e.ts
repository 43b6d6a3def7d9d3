import { findFirefox } from '@rtc-token/chromium/firefox'
import { firefox } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { lifeNow, whenLate } from './support/life.ts'
import { openScene } from './support/scene.ts'

// The page once in another browser's engine, as Debian ships it.

const executablePath = findFirefox()
if (executablePath === undefined) {
  process.stderr.write('No Firefox: its test is skipped. To run it: apt-get install firefox-esr\n')
}

describe.skipIf(executablePath === undefined)('the page in Firefox', whenLate, () => {
  it('joins, renews, and comes back as the same user when a token has expired', async () => {
    const browser = await firefox.launch({
      channel: 'moz-firefox',
      executablePath: executablePath!,
    })
    const scene = await openScene(browser, inject('bundle'), { ttlSeconds: lifeNow() })
    const { fact, turnTokenServer, seen, until, close } = scene
    await until('renewed')
    await turnTokenServer('Down')
    // On a busy machine the line may be lost just then: the SDK is refused when it comes back.
    await Promise.any([until('did-expire'), until('refused')])
    const joins = seen('joined').length
    await turnTokenServer('Up')
    await until('joined', joins + 1)
    expect(new Set(seen('joined').map(({ uid }) => uid)).size).toBe(1)
    await fact('SDK connection').getByText('CONNECTED', { exact: true }).waitFor()
    await close()
    await browser.close()
  })
})
