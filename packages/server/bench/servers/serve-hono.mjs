import { Hono } from 'hono'
import { FastResponse, serve } from 'srvx'
import { AUTHORIZATION, PATH } from '../load/wish.mjs'
import { announce } from './report.mjs'
import { composeReply } from './compose-reply.mjs'

// As Hono's own server for Node does: the global Response of Node is several times as dear.
globalThis.Response = FastResponse

/**
 * Serves a route of Hono on Node.
 *
 * @param {(wish: { channel: string, ttl: number }) => Promise<string>} mint
 */
export async function serveHono(mint) {
  const app = new Hono()
  app.post(PATH, async (c) => {
    if (c.req.header('authorization') !== AUTHORIZATION) return c.body(null, 401)
    const wish = await c.req.json()
    if (!wish.channel) return c.json({ error: 'channel is required' }, 400)
    return c.json(composeReply(await mint(wish)), 200, { 'cache-control': 'no-store' })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', silent: true })
  await server.ready()
  announce(Number(new URL(server.url).port))
}
