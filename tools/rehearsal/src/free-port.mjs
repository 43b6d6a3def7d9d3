import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port of 127.0.0.1 on which nothing listens now.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return listenOnce(0)
}

/**
 * A port of 127.0.0.1 on which nothing listens now, and which no connection gets by itself: for a server
 * that goes away and comes back.
 *
 * @returns {Promise<number>}
 */
export async function lastingPort() {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  return listenOnce(port).catch(() => lastingPort())
}

/** @param {number} port */
async function listenOnce(port) {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  return address.port
}
