import { fileURLToPath } from 'node:url'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge, type EdgeOptions, type Observation } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import type { Page } from 'playwright-core'
import { preview, type PreviewServer } from 'vite'
import { createDemo, type Demo } from '../../server/demo.ts'
import { mountOn } from '../../server/mount-demo.ts'
import { type Bundle, PROJECT } from './scene.ts'

type Kind = Observation['type']

const ROOT = fileURLToPath(new URL('../../web', import.meta.url))
const PATIENCE_MS = 40_000

/** Pages that know nothing of the edge: names lead there, and TLS and WebSockets are real. */
export interface UntouchedScene {
  readonly edge: Edge
  /** Behind the demo's page; it believes to be in Agora's cloud. */
  readonly demo: Demo
  /** Opens the demo's page. */
  readonly openDemo: () => Promise<Page>
  /** Opens an empty page, to put an SDK into. */
  readonly openEmpty: () => Promise<Page>
  /** What the edge saw so far, of these kinds. */
  readonly seen: (...kinds: readonly Kind[]) => readonly Observation[]
  /** Resolves once the edge has seen `count` of a kind; the error tells all that it saw instead. */
  readonly until: (kind: Kind, count?: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts an edge, a browser whose names all lead there, and the demo's server. */
export async function openUntouchedScene(
  { outDir }: Bundle,
  options: Partial<EdgeOptions> = {},
): Promise<UntouchedScene> {
  const edge = createEdge({ ...PROJECT, willExpireSeconds: 2, ...options })
  const demo = createDemo({ project: PROJECT, isCloud: true, ttlSeconds: 6 })
  const untouched = await serveUntouched(edge)
  const browser = await launchChromium(untouched.chromiumSwitches)
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [{ name: 'demo', configurePreviewServer }],
  })
  function configurePreviewServer(server: PreviewServer): void {
    // Served and not made up by the browser: only a page from loopback may ask loopback.
    server.middlewares.use('/empty', (_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title>')
    })
    mountOn(server, demo)
  }
  const origin = server.resolvedUrls?.local[0] ?? ''
  const seen = (...kinds: readonly Kind[]): readonly Observation[] =>
    edge.observations.all.filter(({ type }) => kinds.includes(type))

  async function openDemo(): Promise<Page> {
    const page = await browser.newPage()
    await page.goto(origin)
    return page
  }

  async function openEmpty(): Promise<Page> {
    const page = await browser.newPage()
    await page.goto(`${origin}empty`)
    return page
  }

  async function until(kind: Kind, count = 1): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (seen(kind).length < count) {
      if (Date.now() > deadline) throw notSeen(edge, kind, count)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async function close(): Promise<void> {
    await browser.close()
    await untouched.close()
    await server.close()
  }

  return { edge, demo, openDemo, openEmpty, seen, until, close }
}

function notSeen({ observations }: Edge, kind: Kind, count: number): Error {
  const all = observations.all.map(({ type, reason = '' }) => `${type} ${reason}`.trim())
  return new Error(`The edge did not see ${count} × ${kind}, but: ${all.join(', ') || 'nothing'}`)
}
