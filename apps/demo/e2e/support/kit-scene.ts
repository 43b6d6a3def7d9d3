import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchChromium } from '@rtc-token/chromium'
import { createEdge, type Edge } from '@rtc-token/edge'
import { serveUntouched } from '@rtc-token/edge/untouched'
import { createTokenHandler, type TokenHandler } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import { PROJECT } from './scene.ts'
import { servePages } from './serve-pages.ts'

/** A request of a kit to the token server. */
interface KitRequest {
  /** What follows the ticket. */
  readonly path: string
  readonly origin: string | null
  readonly status: number
  readonly reply: Readonly<Record<string, string>>
}

/** A page with a kit in a call. */
export interface KitSeat {
  readonly page: Page
  readonly uid: number
  /** What the kit has asked for so far. */
  readonly requests: readonly KitRequest[]
}

/** An edge, the token server of docs/ui-kits.md, and pages with the kit in them. */
export interface KitScene {
  readonly edge: Edge
  /** Of the pages. */
  readonly origin: string
  /**
   * Opens a page with a seat in a channel, as the backend of docs/ui-kits.md gives it, or with a ticket
   * that ends after so many seconds.
   */
  readonly open: (
    id: string,
    channel: string,
    speaks: boolean,
    ticketSeconds?: number,
  ) => Promise<KitSeat>
  readonly close: () => Promise<void>
}

/** Starts everything. The page is in `outDir`, and tokens live so many seconds. */
export async function openKitScene(outDir: string, lifeSeconds: number): Promise<KitScene> {
  const settings = { willExpireSeconds: lifeSeconds / 4, checksPublishing: true }
  const edge = createEdge({ ...PROJECT, ...settings })
  const untouched = await serveUntouched(edge)
  const browser = await launchChromium(untouched.chromiumSwitches)
  const pages = await servePages(outDir)
  const { options, seatOf, tickets } = await documentedServer()
  const cors = { origins: [pages.origin] }
  // As by default, a token lives longer than the SDK's warning comes before its end.
  const ttl = { default: lifeSeconds, min: lifeSeconds / 2 }
  const tokens = await serveTokens(createTokenHandler({ ...options, cors, ttl }))
  return {
    edge,
    origin: pages.origin,
    async open(id, channel, speaks, ticketSeconds) {
      const seat = await seatOf(id, channel, speaks)
      const documented = new URL(seat.tokenUrl).pathname
      const short = ticketSeconds && (await tickets.issue({ id, uid: seat.uid }, ticketSeconds))
      const base = short ? documented.replace(/[^/]*$/, short) : documented
      const props = { ...seat, appId: PROJECT.appId, tokenUrl: tokens.origin + base }
      const requests = tokens.requestsAt(base)
      const page = await browser.newPage()
      await page.goto(`${pages.origin}/#${encodeURIComponent(JSON.stringify(props))}`)
      return { page, uid: seat.uid, requests }
    },
    async close() {
      await browser.close()
      await Promise.all([pages.close(), tokens.close(), untouched.close()])
    },
  }
}

/** The examples of docs/ui-kits.md, which read the environment. */
async function documentedServer() {
  vi.stubEnv('AGORA_APP_ID', PROJECT.appId)
  vi.stubEnv('AGORA_APP_CERTIFICATE', PROJECT.appCertificate)
  vi.stubEnv('TICKET_SECRET', 'a secret of the browser tests, of 32 letters')
  const { options } = await import('@rtc-token/ui-kits/handler')
  const { seatOf, tickets } = await import('@rtc-token/ui-kits/tickets')
  vi.unstubAllEnvs()
  return { options, seatOf, tickets }
}

async function serveTokens(handler: TokenHandler) {
  const byBase = new Map<string, KitRequest[]>()
  const respond: TokenHandler['respond'] = async (request, context) => {
    const reply = await handler.respond(request, context)
    const [, base = '', path = ''] =
      /^(.*\/t\/[^/]+)(.*)$/.exec(new URL(request.url).pathname) ?? []
    const origin = request.headers.get('origin')
    byBase.get(base)?.push({ path, origin, status: reply.status, reply: JSON.parse(reply.body) })
    return reply
  }
  const listener = toNodeListener({ ...handler, respond })
  const server = createServer((req, res) => void listener(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requestsAt(base: string): readonly KitRequest[] {
      const requests: KitRequest[] = []
      byBase.set(base, requests)
      return requests
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
