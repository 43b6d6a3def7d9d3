import { once } from 'node:events'
import { createServer } from 'node:net'

import { expect, it, vi } from 'vitest'

import { connectRedis } from './redis-connection.ts'
import { createSecret } from '../config/secret.ts'

it('says of a Redis that fails the code and no more', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  server.close()
  const logger = { warn: vi.fn(), info: vi.fn() }
  const redisUrl = createSecret(`redis://:a-password-of-redis@127.0.0.1:${port}`)
  const redis = await connectRedis({ redisUrl }, logger)
  redis?.disconnect()
  const down = { type: 'redis.down', reason: 'ECONNREFUSED' }
  expect(logger.warn.mock.calls).toEqual([[down, 'Redis fails']])
})
