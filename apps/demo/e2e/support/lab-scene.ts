import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '@rtc-token/chromium'
import { createToken, rtc } from '@rtc-token/core'
import { createEdge, type Edge, type ObservationType } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import react from '@vitejs/plugin-react'
import type { Browser, Page } from 'playwright-core'
import { build, defaultClientConditions } from 'vite'
import { vi } from 'vitest'
import type { LabCall } from '../lab/lab-window.ts'
import { inTurn } from './in-turn.ts'
import { PROJECT } from './scene.ts'
import { servePages } from './serve-pages.ts'

const ROOT = fileURLToPath(new URL('../lab', import.meta.url))
const TTL_SECONDS = 300
const PATIENCE = { timeout: 60_000, interval: 50 }

/** How the page makes its call. */
export type LabStart = 'startPlain' | 'startHooks' | 'startJoining'

/** A page with a call of one user, and the edge that it is at. */
interface LabSeat {
  readonly page: Page
  readonly uid: number
  readonly channel: string
  /** How often the edge has seen this of the user. */
  readonly count: (...types: readonly ObservationType[]) => number
  /** Resolves once the edge has seen it so often. */
  readonly until: (type: ObservationType, count?: number) => Promise<void>
  /** What the user publishes, in order; undefined when the user is in no channel. */
  readonly published: () => readonly string[] | undefined
  /** What is on the air for another user: published, and neither muted nor disabled. */
  readonly onAir: (listener: LabSeat) => Promise<string>
  /** Ends the token in use. */
  readonly endToken: () => Promise<void>
  /** Whether the endpoint answers this page. */
  readonly turnEndpoint: (to: 'up' | 'down') => void
  readonly phase: () => Promise<string>
}

/** Pages with the real SDK in Chromium. */
export interface LabScene {
  readonly edge: Edge
  readonly open: (how: LabStart, isStrict?: boolean, channel?: string) => Promise<LabSeat>
  readonly close: () => Promise<void>
}

/** Bundles the page, and starts an edge and a browser whose names all lead there. */
export async function openLab(): Promise<LabScene> {
  const outDir = await bundleLab()
  const edge = createEdge({ ...PROJECT, willExpireSeconds: 1, keepSeconds: 30 })
  const untouched = await serveUntouched(edge)
  const browser = await launchChromium(untouched.chromiumSwitches)
  const server = await servePages(outDir)
  let seats = 0
  return {
    edge,
    open(how, isStrict = false, channel = `room-${++seats}`) {
      const call = { uid: 100 + ++seats, channel, isStrict }
      return inTurn(() => openSeat({ browser, edge, url: server.origin }, call, how))
    },
    async close() {
      await browser.close()
      await Promise.all([server.close(), untouched.close(), rm(outDir, { recursive: true })])
    },
  }
}

async function bundleLab(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'rtc-token-lab-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [react()],
    resolve: { conditions: ['@rtc-token/source', ...defaultClientConditions] },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 9000 },
  })
  return outDir
}

interface Around {
  readonly browser: Browser
  readonly edge: Edge
  readonly url: string
}

async function openSeat(
  { browser, edge, url }: Around,
  seat: Omit<LabCall, 'appId'>,
  how: LabStart,
): Promise<LabSeat> {
  const { uid, channel } = seat
  let endpoint: 'up' | 'down' = 'up'
  const page = await browser.newPage()
  await page.exposeFunction('fetchToken', ({ channel = '' }: { readonly channel?: string }) => {
    if (endpoint === 'down') throw new Error('the endpoint is down')
    const services = [rtc({ uid, channel, role: 'publisher' })]
    return {
      token: createToken({ ...PROJECT, ttl: TTL_SECONDS, services }),
      expiresIn: TTL_SECONDS,
    }
  })
  await page.goto(url)
  const call = { appId: PROJECT.appId, ...seat }
  await page.evaluate(([name, call]) => window[name](call), [how, call] as const)
  const mine = () => edge.observations.all.filter((seen) => seen.uid === uid)
  const count: LabSeat['count'] = (...types) =>
    mine().filter(({ type }) => types.includes(type)).length
  const published = () => edge.sessions().find((session) => session.uid === uid)?.published
  const until: LabSeat['until'] = (type, least = 1) =>
    vi.waitFor(() => {
      if (count(type) < least)
        throw new Error(
          mine()
            .map((seen) => seen.type)
            .join(', '),
        )
    }, PATIENCE)
  await vi.waitFor(() => {
    if (published()?.length !== 2) throw new Error('published nothing')
  }, PATIENCE)
  // The edge knows earlier than the SDK. What the SDK has not yet taken for published does not come back.
  await page.waitForFunction(() => window.lab?.client.localTracks.length === 2)
  return {
    page,
    uid,
    channel,
    count,
    until,
    published: () => published()?.toSorted(),
    onAir: (listener) => onAir(listener.page, uid),
    async endToken() {
      const before = count('did-expire')
      await vi.waitFor(() => {
        if (count('did-expire') > before) return
        // Again where a renewal was under way, which has put another token in its place.
        edge.endTokens({ uid })
        throw new Error('the token has not ended')
      }, PATIENCE)
    },
    turnEndpoint: (to) => void (endpoint = to),
    phase: () => page.evaluate(() => window.lab.phase()),
  }
}

function onAir(page: Page, uid: number): Promise<string> {
  return page.evaluate((uid) => {
    const user = window.lab.client.remoteUsers.find((remote) => remote.uid === uid)
    return [user?.hasAudio && 'audio', user?.hasVideo && 'video'].filter(Boolean).join(' ')
  }, uid)
}
