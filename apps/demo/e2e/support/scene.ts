import type { Edge, Observation } from '@rtc-token/edge'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { createDemo, type Demo, type DemoOptions } from '../../server/demo.ts'
import { inTurn } from './in-turn.ts'
import { noteAnswers, noteJoin } from './life.ts'
import type { Bundle } from './page-bundle.ts'
import { servePages } from './serve-pages.ts'

const PATIENCE_MS = 90_000

/** The project of all scenes, so that tests can make tokens of their own for it. */
export const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
} as const

type Kind = Observation['type']

/** A page with the real SDK, and everything that stands behind it. */
export interface Scene {
  readonly page: Page
  readonly demo: Demo
  /** The card of a seat. */
  readonly seat: (name: string) => Locator
  /** What is shown of a seat, such as `Tokens used`. */
  readonly fact: (name: string, seat?: string) => Locator
  /** Presses a button, of a seat where one is named. */
  readonly press: (button: string, seat?: string) => Promise<void>
  /** Turns the switch of the token server. */
  readonly turnTokenServer: (text: string) => Promise<void>
  /** Resolves once the log has a line with this text. */
  readonly logged: (text: string | RegExp) => Promise<void>
  /** What the edge saw so far, of these kinds. */
  readonly seen: (...kinds: readonly Kind[]) => readonly Observation[]
  /** Resolves once the edge has seen `count` of a kind; the error tells all that it saw instead. */
  readonly until: (kind: Kind, count?: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** What a scene is made of. */
export interface SceneOptions extends Pick<DemoOptions, 'edge' | 'removals'> {
  /** Length of life of the tokens; the edge warns when a quarter of it is left. Default 60. */
  readonly ttlSeconds?: number
  /** An edge in the place of Agora's cloud: the page runs in live mode and knows nothing of it. */
  readonly cloud?: Edge
  /** Which screen to open, such as `#/inspector`. Default: the first. */
  readonly hash?: string
  readonly context?: BrowserContextOptions
  /** Whether the page is to join, which is waited for. Default: where the screen has a seat. */
  readonly joins?: boolean
}

/**
 * Serves the page with a demo of its own behind it, and opens it.
 *
 * @param prepare - runs before the page is loaded
 */
export async function openScene(
  browser: Browser,
  { outDir }: Bundle,
  options: SceneOptions = {},
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Scene> {
  const { cloud, hash = '', context: contextOptions, ttlSeconds = 0 } = options
  const { joins = !/inspector|policy|attacks/.test(hash) } = options
  const demo = createDemo(demoOptions(options))
  const edge = cloud ?? demo.edge
  const server = await servePages(outDir, demo)
  const context = await browser.newContext(contextOptions)
  const page = await context.newPage()
  // On a busy machine tokens live long, and renewals come as late.
  const patienceMs = PATIENCE_MS + 1000 * ttlSeconds
  page.setDefaultTimeout(patienceMs)
  await prepare(page)
  await inTurn(async () => {
    const startedAt = performance.now()
    await page.goto(`${server.origin}/${hash}`)
    if (!joins) return
    await until(edge, 'joined', 1, PATIENCE_MS)
    noteJoin((performance.now() - startedAt) / 1000)
    void noteAnswers(page)
  })
  return {
    page,
    demo,
    ...handlesOf(page),
    seen: (...kinds) => seen(edge, kinds),
    until: (kind, count = 1) => until(edge, kind, count, patienceMs),
    async close() {
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
      await server.close()
    },
  }
}

function demoOptions({ cloud, ttlSeconds = 60, edge, removals }: SceneOptions): DemoOptions {
  if (cloud) return { project: PROJECT, isCloud: true, ttlSeconds }
  const settings = { willExpireSeconds: ttlSeconds / 4, ...edge }
  const kept = removals && { removals }
  return { project: PROJECT, isCloud: false, ttlSeconds, edge: settings, ...kept }
}

function handlesOf(
  page: Page,
): Pick<Scene, 'seat' | 'fact' | 'press' | 'turnTokenServer' | 'logged'> {
  const seat = (name: string): Locator => page.getByRole('region', { name: `Seat ${name}` })
  const server = page.getByRole('group', { name: 'Token server' })
  return {
    seat,
    fact: (name, of = 'A') => seat(of).locator(`[data-fact="${name}"]`),
    press: (button, of) =>
      (of === undefined ? page : seat(of)).getByRole('button', { name: button }).click(),
    turnTokenServer: (text) => server.getByLabel(text, { exact: true }).check(),
    async logged(text) {
      await page.getByRole('region', { name: 'Events' }).getByText(text).first().waitFor()
    },
  }
}

function seen(edge: Edge | undefined, kinds: readonly Kind[]): readonly Observation[] {
  return edge?.observations.all.filter(({ type }) => kinds.includes(type)) ?? []
}

function until(
  edge: Edge | undefined,
  kind: Kind,
  count: number,
  patienceMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const isDone = () => seen(edge, [kind]).length >= count
    const unsubscribe = edge?.observations.subscribe(() => isDone() && finish(resolve))
    const timer = setTimeout(() => finish(() => reject(notSeen(edge, kind, count))), patienceMs)
    function finish(settle: () => void): void {
      clearTimeout(timer)
      unsubscribe?.()
      settle()
    }
    if (isDone()) finish(resolve)
  })
}

function notSeen(edge: Edge | undefined, kind: Kind, count: number): Error {
  const all = edge?.observations.all.map(({ type, reason = '' }) => `${type} ${reason}`.trim())
  return new Error(`The edge did not see ${count} × ${kind}, but: ${all?.join(', ') || 'nothing'}`)
}
