import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Duplex } from 'node:stream'
import { isAgoraHost } from '../platform/agora-hosts.ts'
import type { Edge } from '../create-edge.ts'
import { makeCertificate } from './throw-away-certificate.ts'

/** An edge that is reached under the platform's own names. */
export interface UntouchedServer {
  /** On 127.0.0.1. */
  readonly port: number
  /**
   * Switches for Chromium: every name leads to this server, whose certificate is accepted. Pages on
   * 127.0.0.1 and localhost are reached as ever; nothing leaves the machine by name.
   */
  readonly chromiumSwitches: readonly string[]
  /** Closes the server and the edge. */
  close(): Promise<void>
}

/** Serves an edge over TLS, for pages that know nothing of it. */
export async function serveUntouched(edge: Edge): Promise<UntouchedServer> {
  const { pin, ...credentials } = await makeCertificate()
  const server = createServer(credentials, (request, response) => handle(edge, request, response))
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    if (isAgoraHost(hostOf(request))) edge.upgrade(request, socket, head)
    else socket.destroy()
  })
  const port = await listen(server)
  const rules = [`MAP * 127.0.0.1:${port}`, 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost']
  return {
    port,
    chromiumSwitches: [
      `--host-resolver-rules=${rules.join(', ')}`,
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
    async close() {
      await edge.close()
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}

function handle(edge: Edge, request: IncomingMessage, response: ServerResponse): void {
  const target = { host: hostOf(request), path: request.url ?? '/' }
  if (!isAgoraHost(target.host)) response.writeHead(404).end()
  else edge.handle(request, response, target).catch(() => response.destroy())
}

function hostOf({ headers }: IncomingMessage): string {
  return headers.host?.replace(/:\d+$/, '') ?? ''
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  return address.port
}
