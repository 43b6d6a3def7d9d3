import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { createEdge, type Edge } from '../../src/create-edge.ts'
import type { EdgeOptions } from '../../src/edge-options.ts'
import { edgeMiddleware } from '../../src/edge-middleware.ts'
import { connectClient, type GatewayClient } from './gateway-client.ts'
import { PROJECT } from './project.ts'

/** An edge behind a server of its own on loopback. */
export interface EdgeServer {
  readonly edge: Edge
  /** Posts to a host of the platform through the server. */
  readonly post: (
    host: string,
    path: string,
    body: BodyInit,
    init?: RequestInit,
  ) => Promise<Response>
  /** Opens a line to the gateway. */
  readonly connect: () => Promise<GatewayClient>
}

/** Starts an edge that stops by itself when the test is over. */
export async function serveEdge(options: Partial<EdgeOptions> = {}): Promise<EdgeServer> {
  const edge = createEdge({ ...PROJECT, ...options })
  const { handle, upgrade } = edgeMiddleware(edge)
  const server = createServer((request, response) => {
    handle(request, response, () => response.writeHead(404).end())
  })
  server.on('upgrade', (request, socket, head) => {
    if (!upgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await edge.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  const { port } = address
  return {
    edge,
    post: (host, path, body, init) =>
      fetch(`http://127.0.0.1:${port}/edge/${host}${path}`, { method: 'POST', body, ...init }),
    connect: () => connectClient(`ws://127.0.0.1:${port}/edge/stand-in.edge.agora.io/`),
  }
}
