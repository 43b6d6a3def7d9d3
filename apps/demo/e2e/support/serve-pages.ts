import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Demo } from '../../server/demo.ts'

/** A server of built pages, and of the demo behind them. */
export interface PageServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string
  readonly close: () => Promise<void>
}

/** Serves a folder as it is. Vite's preview would read its settings for each server, and compress each file for each page. */
export async function servePages(folder: string, demo?: Demo): Promise<PageServer> {
  const app = express().disable('x-powered-by')
  if (demo) app.use(demo.handle)
  const server = app.use(express.static(folder)).listen(0, '127.0.0.1')
  if (demo) server.on('upgrade', demo.upgrade)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
      await demo?.close()
    },
  }
}
