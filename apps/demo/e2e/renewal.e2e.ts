import { fileURLToPath } from 'node:url'
import { AGORA_ROLE, RtcTokenBuilder007 } from '@rtc-token/agora-oracle'
import { launchChromium } from '@rtc-token/chromium'
import { createToken, rtc } from '@rtc-token/core'
import { tokenFingerprint } from '@rtc-token/edge'
import type { Browser } from 'playwright-core'
import { createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CHANNEL } from '../server/token-server/authorize.ts'
import { agoraTokenJudge } from './support/agora-token-judge.ts'
import { lifeNow, whenLate } from './support/life.ts'
import { replaceReply } from './support/replace-reply.ts'
import { openScene, PROJECT, type Scene } from './support/scene.ts'

// The real SDK in a real browser. What is asserted is what the edge saw, not only what the page says.

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe.concurrent('the page with the real SDK', whenLate, () => {
  it('joins with the token handed out and outlives it three times, each time with a new one', async () => {
    const ttlSeconds = lifeNow()
    const { fact, demo, seen, until, close } = await openScene(browser, bundle, { ttlSeconds })
    await until('renewed', 3)
    const used = fingerprints(seen('joined', 'renewed'))
    expect(used).toEqual(demo.endpoint.handedOut.slice(0, used.length))
    expect(new Set(used).size).toBe(used.length)
    expect(seen('did-expire', 'dropped', 'refused', 'renew-refused')).toEqual([])
    expect(await fact('SDK connection').textContent()).toBe('CONNECTED')
    await close()
  })

  it('renews on the SDK’s warning when that comes before its own moment', async () => {
    const ttlSeconds = lifeNow()
    const { seen, until, close } = await openScene(browser, bundle, { ttlSeconds }, (page) =>
      replaceReply(page, () => ({ renewIn: 0.9 * ttlSeconds })),
    )
    await until('renewed', 2)
    expect(seen('will-expire', 'renewed', 'did-expire').map(({ type }) => type)).toEqual([
      'will-expire',
      'renewed',
      'will-expire',
      'renewed',
    ])
    await close()
  })

  it('stays away after the user has left, until the user joins again', async () => {
    const ttlSeconds = lifeNow()
    const { page, seat, press, seen, until, close } = await openScene(browser, bundle, {
      ttlSeconds,
    })
    await until('renewed')
    await press('Leave', 'A')
    await until('left')
    await seat('A').getByText('stopped').waitFor()
    const before = seen('joined', 'renewed').length
    // Longer than a token lives.
    await page.waitForTimeout(1000 * (ttlSeconds + 1))
    expect(seen('joined', 'renewed')).toHaveLength(before)
    await press('Join', 'A')
    await until('joined', 2)
    await close()
  })

  it('is refused at join with a token signed with another certificate', async () => {
    const { logged, seen, until, close } = await openForged({ appCertificate: 'f'.repeat(32) })
    await until('refused')
    await logged('invalid token, authorized failed')
    expect(new Set(seen('refused').map(({ reason }) => reason))).toEqual(
      new Set(['SIGNATURE_INVALID']),
    )
    expect(seen('joined')).toEqual([])
    await close()
  })

  it.each([
    ['another channel', { channel: 'elsewhere' }],
    ['another uid', { shift: 1 }],
  ])('keeps a token for %s from the SDK', async (_, forged) => {
    const { logged, seen, close } = await openForged(forged)
    await logged(/Could not join: token source: a token for .* expected, got one for/)
    expect(seen('refused', 'joined')).toEqual([])
    await close()
  })

  it('lives on tokens that agora-token made', async () => {
    const ttlSeconds = lifeNow()
    const minted: string[] = []
    const { seen, until, close } = await openScene(browser, bundle, { ttlSeconds }, (page) =>
      replaceReply(page, ({ appId, uid = 0 }) => {
        const who = [appId, PROJECT.appCertificate, CHANNEL, uid] as const
        const token = RtcTokenBuilder007.buildTokenWithUid(
          ...who,
          AGORA_ROLE.publisher,
          ttlSeconds,
          ttlSeconds,
        )
        minted.push(tokenFingerprint(token))
        return { token }
      }),
    )
    await until('renewed', 2)
    const used = fingerprints(seen('joined', 'renewed'))
    expect(used).toEqual(minted.slice(0, used.length))
    await close()
  })

  it('is let in and kept by an edge that judges with agora-token alone', async () => {
    const judged = { ttlSeconds: lifeNow(), edge: { judge: agoraTokenJudge } }
    const { seen, until, close } = await openScene(browser, bundle, judged)
    await until('renewed', 2)
    expect(seen('refused', 'renew-refused', 'did-expire')).toEqual([])
    await close()
  })
})

describe.concurrent('the development server', () => {
  it('shows a visitor a renewal within a minute', async () => {
    const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
    const server = await createServer({ configFile, logLevel: 'warn', server: { port: 0 } })
    await server.listen()
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.getByText('CONNECTED', { exact: true }).waitFor({ timeout: 120_000 })
    await page.getByText('New token in use').first().waitFor({ timeout: 60_000 })
    const seat = page.getByRole('region', { name: 'Seat A' })
    expect(await seat.locator('[data-fact="SDK connection"]').textContent()).toBe('CONNECTED')
    expect(await seat.locator('[data-fact="Tokens used"]').textContent()).toBe('2')
    await page.close()
    await server.close()
  })
})

interface Forged {
  readonly appCertificate?: string
  readonly channel?: string
  /** Added to the uid that was asked for. */
  readonly shift?: number
}

/** Opens a page that gets tokens which are no good in place of those that the endpoint made. */
function openForged(forged: Forged): Promise<Scene> {
  const { appCertificate = PROJECT.appCertificate, channel = CHANNEL, shift = 0 } = forged
  const ttlSeconds = lifeNow()
  return openScene(browser, bundle, { ttlSeconds, joins: false }, (page) =>
    replaceReply(page, ({ appId, uid = 0 }) => ({
      token: createToken({
        appId,
        appCertificate,
        ttl: ttlSeconds,
        services: [rtc({ channel, uid: uid + shift, role: 'publisher' })],
      }),
    })),
  )
}

function fingerprints(seen: ReturnType<Scene['seen']>): readonly string[] {
  return seen.map(({ tokenFingerprint }) => tokenFingerprint)
}
