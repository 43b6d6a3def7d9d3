import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge, type ObservationType } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { PAGES } from './support/pages.ts'
import {
  type AtEnd,
  LIFE_SECONDS,
  NO_ENDPOINT,
  PROJECT,
  type RestartableServer,
  startServer,
} from './support/restartable-server.ts'

// The page of each example as it is, with the real SDK: all names lead to the stand-in edge. The endpoint
// goes down as endpoints do, with its process.

const FOLDER = process.env['RTC_TOKEN_EXAMPLES'] ?? ''
const PATIENCE = { timeout: 100_000, interval: 100 }
const installed = Object.entries(PAGES).filter(([name]) => existsSync(join(FOLDER, name)))

describe.concurrent.each(installed)('%s', (name, enter) => {
  it('joins, renews twice, comes back after the endpoint was down past the end, says why it is not let in, and lets the user try again', async ({
    onTestFinished,
  }) => {
    const edge = createEdge({ ...PROJECT, willExpireSeconds: LIFE_SECONDS / 4 })
    const server = await startServer(join(FOLDER, name), onTestFinished)
    const page = await openPage(edge, onTestFinished)
    await enter(page, server.started)
    await live(edge, server, page).catch(async (cause: unknown) => {
      const text = await page.locator('body').innerText()
      const printed = server.started.lines.join('\n')
      throw new Error(`${String(cause)}\nThe page says ${text}; the server ${printed}`, { cause })
    })
  })
})

async function live(edge: Edge, server: RestartableServer, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('In the call.').waitFor(PATIENCE)
  await until(edge, 'renewed', 2)
  await server.started.stop()
  await until(edge, 'did-expire', 1)
  await server.start()
  await until(edge, 'joined', 2)
  await until(edge, 'published', 2)
  await page.getByText('In the call.').waitFor(PATIENCE)
  const [first, second] = seen(edge, 'joined')
  expect(second).toMatchObject({ uid: first?.uid, channel: first?.channel })
  expect(seen(edge, 'refused')).toEqual([])
  await page.getByRole('button', { name: 'Leave' }).click()
  await until(edge, 'left', 1)
  await server.started.stop()
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText(NO_ENDPOINT).waitFor(PATIENCE)
  await server.start()
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('In the call.').waitFor(PATIENCE)
}

async function openPage(edge: Edge, onTestFinished: AtEnd): Promise<Page> {
  const untouched = await serveUntouched(edge)
  onTestFinished(() => untouched.close())
  const browser = await launchChromium(untouched.chromiumSwitches)
  onTestFinished(() => browser.close())
  return browser.newPage()
}

function seen(edge: Edge, type: ObservationType) {
  return edge.observations.all.filter((observation) => observation.type === type)
}

/** Resolves once the edge has seen `count` of a kind; the error tells all that it saw instead. */
async function until(edge: Edge, type: ObservationType, count: number): Promise<void> {
  await vi.waitFor(() => {
    const all = edge.observations.all.map((observation) => observation.type)
    expect(seen(edge, type).length, `${type}, and not ${all.join(', ')}`).toBeGreaterThanOrEqual(
      count,
    )
  }, PATIENCE)
}
