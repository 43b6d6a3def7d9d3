import { fileURLToPath } from 'node:url'
import { AGORA_ROLE, RtcTokenBuilder007 } from '@rtc-token/agora-oracle'
import { launchChromium } from '@rtc-token/chromium'
import { createToken, rtc } from '@rtc-token/core'
import { tokenFingerprint } from '@rtc-token/edge'
import type { Browser } from 'playwright-core'
import { createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANNEL } from '../server/authorize.ts'
import { agoraTokenJudge } from './support/agora-token-judge.ts'
import { replaceReply } from './support/replace-reply.ts'
import { type Bundle, bundlePage, openScene, PROJECT, type Scene } from './support/scene.ts'

// The real SDK in a real browser. What is asserted is what the edge saw, not only what the page says.

let browser: Browser
let bundle: Bundle

beforeAll(async () => {
  ;[browser, bundle] = await Promise.all([launchChromium(), bundlePage()])
})

afterAll(async () => {
  await browser?.close()
  await bundle?.remove()
})

describe.concurrent('the page with the real SDK', () => {
  it('joins with the token handed out and outlives it three times, each time with a new one', async () => {
    const { page, demo, seen, until, close } = await openScene(browser, bundle)
    await until('renewed', 3)
    const used = fingerprints(seen('joined', 'renewed'))
    expect(used).toEqual(demo.endpoint.handedOut.slice(0, used.length))
    expect(new Set(used).size).toBe(used.length)
    expect(seen('did-expire', 'dropped', 'refused', 'renew-refused')).toEqual([])
    expect(await page.textContent('#connection')).toBe('CONNECTED')
    await close()
  })

  it('renews on the SDK’s warning when that comes before its own moment', async () => {
    const { seen, until, close } = await openScene(browser, bundle, {}, (page) =>
      replaceReply(page, () => ({ renewIn: 5.5 })),
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

  it('comes back, and publishes again, when the endpoint was down past the token’s end', async () => {
    const { page, demo, seen, until, close } = await openScene(browser, bundle)
    await until('joined')
    await page.click('#publish:enabled')
    await until('published')
    await page.click('#down')
    await until('did-expire')
    await page.waitForSelector('#connection:text("DISCONNECTED")')
    expect(seen('joined')).toHaveLength(1)
    await page.click('#up')
    await until('published', 2)
    const [first, second] = seen('joined')
    expect(second).toMatchObject({ uid: first?.uid, channel: CHANNEL })
    expect(second?.tokenFingerprint).not.toBe(first?.tokenFingerprint)
    expect(second?.tokenFingerprint).toBe(demo.endpoint.handedOut.at(-1))
    const renewals = seen('renewed').length
    await until('renewed', renewals + 1)
    expect(await page.textContent('#connection')).toBe('CONNECTED')
    await close()
  })

  it('comes back when the line was cut while the token ended', async () => {
    const { page, demo, seen, until, close } = await openScene(browser, bundle)
    await until('joined')
    await page.click('#down')
    await until('will-expire')
    // From here on no socket is let in: the SDK asks the access point again and again.
    demo.isLineCut = true
    demo.edge?.dropConnections()
    await page.waitForSelector('#log :text("The token has ended")')
    expect(seen('did-expire')).toEqual([])
    demo.isLineCut = false
    await page.click('#up')
    await until('joined', 2)
    await until('renewed', seen('renewed').length + 1)
    await close()
  })

  it('stays away after the user has left, until the user joins again', async () => {
    const { page, seen, until, close } = await openScene(browser, bundle)
    await until('renewed')
    await page.click('#leave:enabled')
    await until('left')
    await page.waitForSelector('#phase:text("stopped")')
    const before = seen('joined', 'renewed').length
    // Longer than a token lives.
    await page.waitForTimeout(7000)
    expect(seen('joined', 'renewed')).toHaveLength(before)
    await page.click('#join:enabled')
    await until('joined', 2)
    await close()
  })

  const forged = { appCertificate: 'f'.repeat(32), channel: CHANNEL, shift: 0 }
  it.each([
    ['signed with another certificate', 'SIGNATURE_INVALID', forged],
    ['for another channel', 'CHANNEL_MISMATCH', { ...forged, ...PROJECT, channel: 'elsewhere' }],
    ['for another uid', 'USER_MISMATCH', { ...forged, ...PROJECT, shift: 1 }],
  ])(
    'is refused at join with a token %s',
    async (_, reason, { appCertificate, channel, shift }) => {
      const { page, seen, until, close } = await openScene(browser, bundle, {}, (page) =>
        replaceReply(page, ({ appId, uid = 0 }) => ({
          token: createToken({
            appId,
            appCertificate,
            ttl: 6,
            services: [rtc({ channel, uid: uid + shift, role: 'publisher' })],
          }),
        })),
      )
      await until('refused')
      await page.waitForSelector('#log :text("invalid token, authorized failed")')
      expect(new Set(seen('refused').map((refusal) => refusal.reason))).toEqual(new Set([reason]))
      expect(seen('joined')).toEqual([])
      await close()
    },
  )

  it('lives on tokens that agora-token made', async () => {
    const minted: string[] = []
    const { seen, until, close } = await openScene(browser, bundle, {}, (page) =>
      replaceReply(page, ({ appId, uid = 0 }) => {
        const who = [appId, PROJECT.appCertificate, CHANNEL, uid] as const
        const token = RtcTokenBuilder007.buildTokenWithUid(...who, AGORA_ROLE.publisher, 6, 6)
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
    const judged = { edge: { judge: agoraTokenJudge } }
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
    await page.waitForSelector('#log :text("New token in use")', { timeout: 60_000 })
    expect(await page.textContent('#connection')).toBe('CONNECTED')
    expect(await page.textContent('#tokens')).toBe('2')
    await page.close()
    await server.close()
  })
})

function fingerprints(seen: ReturnType<Scene['seen']>): readonly string[] {
  return seen.map(({ tokenFingerprint }) => tokenFingerprint)
}
