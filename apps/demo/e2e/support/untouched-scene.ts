import { createRequire } from 'node:module'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge, type EdgeOptions } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import type { Page } from 'playwright-core'
import type { Bundle } from './page-bundle.ts'
import { openScene, PROJECT, type Scene } from './scene.ts'

const SDK = createRequire(import.meta.url).resolve('agora-rtc-sdk-ng')
// Chromium lets a page speak to this machine that has really come from it, not one that only seems so.
const ANY_REPLY = '/api/agora/v1/tokens'

/** The demo's page in live mode: names lead to the edge, over real TLS and WebSockets. */
export interface UntouchedScene extends Scene {
  readonly edge: Edge
  /** Where pages have opened WebSockets to. */
  readonly sockets: readonly string[]
  /** Opens a page that has the SDK and nothing else. */
  readonly openBare: () => Promise<Page>
}

/** How an untouched scene differs from the usual. */
export interface UntouchedOptions extends Partial<EdgeOptions> {
  readonly ttlSeconds?: number
}

/** Starts an edge, a browser whose names all lead there, and the demo as with an account. */
export async function openUntouchedScene(
  bundle: Bundle,
  { ttlSeconds = 60, ...options }: UntouchedOptions = {},
): Promise<UntouchedScene> {
  const edge = createEdge({ ...PROJECT, willExpireSeconds: ttlSeconds / 4, ...options })
  const untouched = await serveUntouched(edge)
  const browser = await launchChromium(untouched.chromiumSwitches)
  const sockets: string[] = []
  const scene = await openScene(browser, bundle, { ttlSeconds, cloud: edge }, async (page) => {
    page.on('websocket', (socket) => void sockets.push(socket.url()))
  })
  return {
    ...scene,
    edge,
    sockets,
    async openBare() {
      const page = await browser.newPage()
      await page.goto(new URL(ANY_REPLY, scene.page.url()).href)
      await page.addScriptTag({ path: SDK })
      await page.evaluate(() => {
        window.AgoraRTC.setLogLevel(4)
        window.AgoraRTC.disableLogUpload()
      })
      return page
    },
    async close() {
      await scene.close()
      await browser.close()
      await untouched.close()
    },
  }
}
