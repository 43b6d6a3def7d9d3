import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge, type ObservationType } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import { lastingPort } from '@rtc-token/rehearsal/free-port'
import { withoutNpm } from '@rtc-token/rehearsal/without-npm'
import type { Page } from 'playwright-core'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { PAGES } from './support/pages.ts'
import { startExample, type Started } from './support/start-example.ts'

// The page of each example as it is, with the real SDK: all names lead to the stand-in edge. The endpoint
// goes down as endpoints do, with its process.

const FOLDER = process.env['RTC_TOKEN_EXAMPLES'] ?? ''
const LIFE_SECONDS = 32
const PATIENCE = { timeout: 100_000, interval: 100 }
const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}

// The names of Agora's own quickstart, which its command line tool clones.
const AS_AGORA_WRITES_IT = `NEXT_PUBLIC_AGORA_APP_ID=${PROJECT.appId}
NEXT_AGORA_APP_CERTIFICATE=${PROJECT.appCertificate}
`

const installed = Object.entries(PAGES).filter(([name]) => existsSync(join(FOLDER, name)))

describe.concurrent.each(installed)('%s', (name, enter) => {
  it('joins, renews twice, and comes back after the endpoint was down past the end', async ({
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
}

// Of this test: others run at the same time.
type AtEnd = TestContext['onTestFinished']

/** An example's server that can be started again at the same address. */
interface RestartableServer {
  readonly started: Started
  readonly start: () => Promise<unknown>
}

async function startServer(folder: string, onTestFinished: AtEnd): Promise<RestartableServer> {
  writeFileSync(join(folder, '.env.local'), AS_AGORA_WRITES_IT)
  const env = {
    ...withoutNpm(process.env),
    NODE_ENV: undefined, // that of the tests, in which Next reads no `.env.local`
    TICKET_SECRET: 'a secret that outlives the process of the server',
    AGORA_API: 'http://127.0.0.1:9', // no agent comes here, and the call goes on
    BETTER_AUTH_SECRET: 'another secret that outlives the process',
    TOKEN_TTL_SECONDS: String(LIFE_SECONDS),
    PORT: String(await lastingPort()),
  }
  let started: Started = startExample(folder, env)
  onTestFinished(() => started.stop())
  return {
    get started() {
      return started
    },
    start() {
      started = startExample(folder, env)
      return started.printed(/(http:\S+)/)
    },
  }
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
