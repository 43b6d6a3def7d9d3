import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Observation } from '@rtc-token/edge'
import react from '@vitejs/plugin-react'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { build, defaultClientConditions, preview } from 'vite'
import { createDemo, type Demo, type DemoOptions } from '../../server/demo.ts'
import { mountOn } from '../../server/mount-demo.ts'

const ROOT = fileURLToPath(new URL('../../web', import.meta.url))
const PATIENCE_MS = 40_000

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

/** How a scene differs from the usual. */
export interface SceneOptions extends Pick<DemoOptions, 'edge' | 'ttlSeconds'> {
  /** Which screen to open, such as `#/inspector`. Default: the first. */
  readonly hash?: string
  readonly context?: BrowserContextOptions
}

/** The page as an app would ship it: bundled once, for all scenes. */
export interface Bundle {
  readonly outDir: string
  readonly remove: () => Promise<void>
}

/** Bundles the page. */
export async function bundlePage(): Promise<Bundle> {
  const outDir = await mkdtemp(join(tmpdir(), 'rtc-token-page-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { conditions: ['@rtc-token/source', ...defaultClientConditions] },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  })
  return { outDir, remove: () => rm(outDir, { recursive: true }) }
}

/**
 * Serves the page with a demo of its own behind it, and opens it. Tokens live 6 seconds and the edge
 * warns 2 seconds before their end, unless told otherwise.
 *
 * @param prepare - runs before the page is loaded
 */
export async function openScene(
  browser: Browser,
  { outDir }: Bundle,
  options: SceneOptions = {},
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Scene> {
  const { edge, ttlSeconds = 6, hash = '', context: contextOptions } = options
  const demo = createDemo({
    project: PROJECT,
    isCloud: false,
    ttlSeconds,
    edge: { willExpireSeconds: 2, ...edge },
  })
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [{ name: 'demo', configurePreviewServer: (server) => mountOn(server, demo) }],
  })
  const context = await browser.newContext(contextOptions)
  const page = await context.newPage()
  await prepare(page)
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}${hash}`)
  return {
    page,
    demo,
    ...handlesOf(page),
    seen: (...kinds) => seen(demo, kinds),
    until: (kind, count = 1) => until(demo, kind, count),
    async close() {
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
      await server.close()
    },
  }
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

function seen({ edge }: Demo, kinds: readonly Kind[]): readonly Observation[] {
  return edge?.observations.all.filter(({ type }) => kinds.includes(type)) ?? []
}

function until(demo: Demo, kind: Kind, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const isDone = () => seen(demo, [kind]).length >= count
    const unsubscribe = demo.edge?.observations.subscribe(() => isDone() && finish(resolve))
    const timer = setTimeout(() => finish(() => reject(notSeen(demo, kind, count))), PATIENCE_MS)
    function finish(settle: () => void): void {
      clearTimeout(timer)
      unsubscribe?.()
      settle()
    }
    if (isDone()) finish(resolve)
  })
}

function notSeen({ edge }: Demo, kind: Kind, count: number): Error {
  const all = edge?.observations.all.map(({ type, reason = '' }) => `${type} ${reason}`.trim())
  return new Error(`The edge did not see ${count} × ${kind}, but: ${all?.join(', ') || 'nothing'}`)
}
