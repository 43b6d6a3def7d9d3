import { launchChromium } from '@rtc-token/chromium'
import { createToken, rtc } from '@rtc-token/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DIST, textOf } from './support/built-site.ts'
import { type ServedFolder, serveFolder } from './support/serve-folder.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const token = createToken({ appId, appCertificate, ttl: 600, services })

let browser: Browser
let site: ServedFolder
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchChromium()
  site = await serveFolder(DIST)
})

// The network goes away once the page is there.
beforeEach(async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  complaints = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${site.address}inspector`)
  await page.getByLabel('Token', { exact: true }).waitFor()
  await context.setOffline(true)
  page.on('request', (request) => complaints.push(request.url()))
})

afterEach(async () => {
  expect(complaints).toEqual([])
  expect(page.url()).toBe(`${site.address}inspector`)
  await page.context().close()
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
const finding = (code: string) => page.getByRole('listitem').filter({ hasText: code })

describe('the inspector, without a network', () => {
  it('says what differs from what the client joins with', async () => {
    await fill('Token', token)
    await finding('NO_FAULT_FOUND').waitFor()
    await fill('Channel that the client joins', 'room-43')
    await finding('CHANNEL_MISMATCH').waitFor()
    await fill('App ID of your project', appId.replace('9', '8'))
    await finding('APP_ID_MISMATCH').waitFor()
  })

  it('says what an error of an SDK means, and what in the token leads to it', async () => {
    await fill('Error of the SDK', 'CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed')
    await page.getByRole('heading', { name: 'What the error means' }).waitFor()
    const link = page.getByRole('link', { name: /^CAN_NOT_GET_GATEWAY_SERVER: invalid token/ })
    expect(textOf((await link.getAttribute('href')) ?? '')).toContain('invalid token, authorized')
    await fill('Token', token)
    await fill('Channel that the client joins', 'room-43')
    await page.getByRole('heading', { name: 'In the token' }).waitFor()
    await fill('Error of the SDK', 'something else')
    await page.getByRole('heading', { name: 'This error is not known here' }).waitFor()
  })

  it('checks the signature where a certificate is pasted, and only there', async () => {
    await fill('Token', token)
    await finding('NO_FAULT_FOUND').waitFor()
    expect(await page.getByText('Signed with this certificate.').count()).toBe(0)
    await fill('App Certificate', appCertificate)
    await page.getByText('Signed with this certificate.').waitFor()
    await fill('App Certificate', 'f'.repeat(32))
    await finding('SIGNATURE_MISMATCH').waitFor()
    expect(await page.getByText('Signed with this certificate.').count()).toBe(0)
  })

  it('keeps nothing: no storage has the token or the certificate', async () => {
    await fill('Token', token)
    await fill('App Certificate', appCertificate)
    await page.getByText('Signed with this certificate.').waitFor()
    await page.getByRole('button', { name: 'Copy a report' }).click()
    await page.getByText('Copied').waitFor()
    const kept = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        await navigator.clipboard.readText(),
      ]),
    )
    expect(kept).toContain('SHA-256')
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(appCertificate)
  })
})
