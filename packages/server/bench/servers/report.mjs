import { once } from 'node:events'

/**
 * Listens on a free port of this machine, says which, and from then on what the process has used.
 *
 * @param {import('node:http').Server} server
 */
export async function report(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  announce(server.address().port)
}

/**
 * The same for a server that listens already.
 *
 * @param {number} port
 */
export function announce(port) {
  process.on('message', ({ collect }) => {
    if (collect) globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed } = process.memoryUsage()
    process.send?.({ cpuMicroseconds: user + system, rss, heapUsed })
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ url: `http://127.0.0.1:${port}` })
}
