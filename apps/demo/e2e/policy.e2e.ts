import { launchChromium } from '@rtc-token/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { LabAnswer } from '../server/policy-lab/policy-lab.ts'
import { openScene } from './support/scene.ts'

const bundle = inject('bundle')

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe.concurrent('the policy lab', () => {
  it('shows a grant with its steps, headers and audit event', async () => {
    const { page, close } = await open()
    const { reply, event, fingerprint } = await ask(page)
    expect(event).toMatchObject({ type: 'token.issued', subjectId: 'sam', role: 'publisher' })
    await page.getByText(`The token is ${fingerprint}.`).waitFor()
    expect(await text(page, 'Body of the reply')).toEqual(JSON.stringify(reply.body, null, 2))
    expect(await text(page, 'Headers of the reply')).toContain('server-timing: ')
    expect(await text(page, 'The audit event')).toContain(String(event?.requestId))
    expect(await page.getByRole('row', { name: /^Sign .* ms$/ }).count()).toBe(1)
    expect(await page.content()).not.toMatch(/00[67]eJ/)
    await close()
  })

  it.each([
    ['Ben, banned', 'tenant-acme-stage', '403 forbidden'],
    ['Olga, host of another tenant', 'tenant-acme-stage', '403 channel_forbidden'],
    ['Lin, listener', 'tenant-acme-stage', '403 role_forbidden'],
    ['Hana, host', '*', '400 wildcard_refused'],
    ['Stranger: no credentials', 'tenant-acme-stage', '401 unauthenticated'],
  ])('shows why %s gets nothing in %s', async (user, channel, outcome) => {
    const { page, close } = await open()
    await page.getByLabel(user).check()
    await page.getByLabel('Channel').fill(channel)
    const { event } = await ask(page)
    expect(`${event?.status} ${event?.code}`).toBe(outcome)
    await page.getByText(outcome, { exact: true }).waitFor()
    expect(await page.getByRole('row', { name: 'Sign not reached' }).count()).toBe(1)
    await close()
  })

  it('renews the last grant, all by keyboard', async () => {
    const { page, close } = await open()
    const first = await ask(page)
    await page.getByLabel(/^The last grant/).focus()
    await page.keyboard.press('Space')
    const { request, event } = await ask(page)
    expect(request.body['previousToken']).toBe(first.fingerprint)
    expect(event).toMatchObject({ type: 'token.renewed' })
    await close()
  })

  it('shows the source of the policy that decides', async () => {
    const { page, close } = await open()
    await page.getByText('View the source').click()
    expect(await text(page, 'Source of the policy')).toContain('export function labPolicy')
    await close()
  })
})

function open(): ReturnType<typeof openScene> {
  return openScene(browser, bundle, { hash: '#/policy' })
}

/** Asks by keyboard and returns what the server did. */
async function ask(page: Page): Promise<LabAnswer> {
  const response = page.waitForResponse('**/demo/policy/ask')
  await page.getByRole('button', { name: 'Ask for a token' }).press('Enter')
  const answer = (await (await response).json()) as LabAnswer
  await page.getByRole('button', { name: 'Ask for a token', disabled: false }).waitFor()
  return answer
}

async function text(page: Page, name: string): Promise<string | null> {
  return page.getByRole('region', { name, exact: true }).textContent()
}
