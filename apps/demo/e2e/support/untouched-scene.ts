import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge, type EdgeOptions, type Observation } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import type { Page } from 'playwright-core'
import { build, defaultClientConditions, preview } from 'vite'
import { PROJECT } from './scene.ts'
import { createSwitchedEndpoint, type SwitchedEndpoint } from './switched-endpoint.ts'

type Kind = Observation['type']

const ROOT = fileURLToPath(new URL('../untouched-page', import.meta.url))
const PATIENCE_MS = 40_000

/** An app that knows nothing of the edge: names lead there, and TLS and WebSockets are real. */
export interface UntouchedScene {
  readonly edge: Edge
  readonly endpoint: SwitchedEndpoint
  /** Opens the app; with a channel it joins there and stays, else it only has the SDK. */
  readonly open: (channel?: string) => Promise<Page>
  /** Where pages have opened WebSockets to. */
  readonly sockets: readonly string[]
  /** What the edge saw so far, of these kinds. */
  readonly seen: (...kinds: readonly Kind[]) => readonly Observation[]
  /** Resolves once the edge has seen `count` of a kind; the error tells all that it saw instead. */
  readonly until: (kind: Kind, count?: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** The app as it would be shipped: bundled once, for all scenes. */
export interface UntouchedApp {
  readonly outDir: string
  readonly remove: () => Promise<void>
}

/** Bundles the app. */
export async function bundleUntouchedApp(): Promise<UntouchedApp> {
  const outDir = await mkdtemp(join(tmpdir(), 'rtc-token-untouched-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    resolve: { conditions: ['@rtc-token/source', ...defaultClientConditions] },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  })
  return { outDir, remove: () => rm(outDir, { recursive: true }) }
}

/** Starts an edge, a browser whose names all lead there, and the app's own server. */
export async function openUntouchedScene(
  { outDir }: UntouchedApp,
  options: Partial<EdgeOptions> = {},
): Promise<UntouchedScene> {
  const edge = createEdge({ ...PROJECT, willExpireSeconds: 2, ...options })
  const endpoint = createSwitchedEndpoint(PROJECT)
  const untouched = await serveUntouched(edge)
  const browser = await launchChromium(untouched.chromiumSwitches)
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [
      {
        name: 'endpoint',
        // Not mounted by path, since the handler wants to see the whole of it.
        configurePreviewServer: ({ middlewares }) =>
          void middlewares.use((request, response, proceed) => {
            if (request.url === '/api/agora/v1/tokens') endpoint.listener(request, response)
            else proceed()
          }),
      },
    ],
  })
  const sockets: string[] = []
  const seen = (...kinds: readonly Kind[]): readonly Observation[] =>
    edge.observations.all.filter(({ type }) => kinds.includes(type))
  return {
    edge,
    endpoint,
    sockets,
    seen,
    async open(channel) {
      const page = await browser.newPage()
      page.on('websocket', (socket) => void sockets.push(socket.url()))
      const query = channel ? `?appId=${PROJECT.appId}&channel=${channel}` : ''
      await page.goto(`${server.resolvedUrls?.local[0]}${query}`)
      return page
    },
    async until(kind, count = 1) {
      const deadline = Date.now() + PATIENCE_MS
      while (seen(kind).length < count) {
        if (Date.now() > deadline) throw notSeen(edge, kind, count)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async close() {
      await browser.close()
      await untouched.close()
      await server.close()
    },
  }
}

function notSeen({ observations }: Edge, kind: Kind, count: number): Error {
  const all = observations.all.map(({ type, reason = '' }) => `${type} ${reason}`.trim())
  return new Error(`The edge did not see ${count} × ${kind}, but: ${all.join(', ') || 'nothing'}`)
}
