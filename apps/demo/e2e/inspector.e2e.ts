import { launchChromium } from '@rtc-token/chromium'
import { createToken, rtc, rtm } from '@rtc-token/core'
import { tokenFingerprint } from '@rtc-token/edge'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openScene, PROJECT, type Scene } from './support/scene.ts'

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const SIGNER = { ...PROJECT, ttl: 600, services }
const FORGED = { ...SIGNER, appCertificate: 'f'.repeat(32) }

describe.concurrent('the Inspector screen', () => {
  it('tells the fields of a 007 token, its end in local time, and that nothing is wrong', async () => {
    const token = createToken(SIGNER)
    const scene = await openInspector(token, 'room-42', '1234')
    const { page, close } = scene
    await finding(scene, 'NO_FAULT_FOUND').waitFor()
    expect(await fact(scene, 'Version').textContent()).toBe('007')
    expect(await fact(scene, 'channel').textContent()).toBe('room-42')
    expect(await page.getByText(/^Ends in \d+ s\.$/).count()).toBe(1)
    const year = String(new Date().getFullYear())
    expect(await fact(scene, 'Effective end').textContent()).toContain(year)
    await close()
  })

  it('says what differs from what the client joins with', async () => {
    const scene = await openInspector(createToken(SIGNER), 'room-43', '1235')
    await finding(scene, 'CHANNEL_MISMATCH').waitFor()
    await finding(scene, 'USER_MISMATCH').waitFor()
    await scene.page.getByLabel('Channel that the client joins').fill('room-42')
    await finding(scene, 'CHANNEL_MISMATCH').waitFor({ state: 'detached' })
    await scene.close()
  })

  it('compares the user of messaging, at the door that is chosen', async () => {
    const token = createToken({ ...SIGNER, services: [rtm({ userId: 'alice' })] })
    const scene = await openInspector(token, '', '')
    await scene.page.getByLabel('User id in messaging or chat').fill('bob')
    await finding(scene, 'USER_MISMATCH').waitFor()
    await scene.page.getByLabel('Service at which it is used').selectOption('rtc')
    await finding(scene, 'SERVICE_MISMATCH').waitFor()
    await scene.close()
  })

  it('reads a 006 token and names an older key', async () => {
    const scene = await openInspector('', '', '')
    await scene.press('006')
    expect(await fact(scene, 'Version').textContent()).toBe('006')
    await finding(scene, 'TOKEN_ENDED').waitFor()
    await scene.press('An old key')
    await finding(scene, 'TEXT_OLD_KEY').waitFor()
    await scene.close()
  })

  it.each([
    ['signed by this project', SIGNER, 'Signed with a certificate of this project.'],
    ['signed with another certificate', FORGED, 'Not signed with a certificate of this project.'],
  ])('lets the server alone check a signature: %s', async (_, signer, verdict) => {
    const scene = await openInspector(createToken(signer), 'room-42', '1234')
    const { page, press, close } = scene
    const asked: string[] = []
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
    await finding(scene, 'NO_FAULT_FOUND').waitFor()
    expect(asked).toEqual([])
    await press('Ask the server')
    await page.getByText(verdict).waitFor()
    expect(asked).toEqual(['/api/agora/v1/tokens/inspect'])
    await close()
  })

  it('looks at a token of its own server', async () => {
    const scene = await openInspector('', '', '')
    await scene.press('A fresh one of this server')
    await finding(scene, 'NO_FAULT_FOUND').waitFor()
    const token = await scene.page.getByLabel('Token', { exact: true }).inputValue()
    expect(scene.demo.endpoint.handedOut).toEqual([tokenFingerprint(token)])
    await scene.close()
  })

  it('copies a report that does not give the token away', async () => {
    const token = createToken(SIGNER)
    const scene = await openInspector(token, 'elsewhere', '1234')
    const { page, press, close } = scene
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    await press('Copy a report')
    await page.getByText('Copied').waitFor()
    const report = await page.evaluate(() => navigator.clipboard.readText())
    expect(report).toContain(`Token ${tokenFingerprint(token)}`)
    expect(report).toContain('[fatal] CHANNEL_MISMATCH')
    expect(report).not.toContain(token.slice(0, 16))
    expect(report).not.toContain(token.slice(-16))
    await close()
  })
})

async function openInspector(token: string, channel: string, user: string): Promise<Scene> {
  const permissions = ['clipboard-read', 'clipboard-write']
  const scene = await openScene(browser, bundle, { hash: '#/inspector', context: { permissions } })
  await scene.page.getByLabel('Token', { exact: true }).fill(token)
  await scene.page.getByLabel('Channel that the client joins').fill(channel)
  await scene.page.getByLabel('User that it joins as').fill(user)
  return scene
}

function finding({ page }: Scene, code: string): Locator {
  return page.locator('.findings code', { hasText: code })
}

function fact({ page }: Scene, name: string): Locator {
  return page.locator(`[data-fact="${name}"]`)
}
