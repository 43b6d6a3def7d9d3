import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { isAgoraHost } from './platform/agora-hosts.ts'
import type { Edge } from './create-edge.ts'
import type { EdgeTarget } from './access-point/edge-http.ts'

/** The two hooks by which a server hands requests to the edge. */
export interface EdgeMiddleware {
  /** A Connect middleware. Calls `proceed` for everything outside the prefix. */
  readonly handle: (
    request: IncomingMessage,
    response: ServerResponse,
    proceed: (error?: unknown) => void,
  ) => void
  /**
   * A listener for the server's `upgrade` event. Leaves sockets outside the prefix alone, so that
   * other listeners can have them; returns whether it took this one.
   */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean
}

/** Serves an edge under `PREFIX/HOST/PATH`, where HOST is the platform's host that was meant. */
export function edgeMiddleware(edge: Edge, prefix = '/edge'): EdgeMiddleware {
  return {
    handle(request, response, proceed) {
      const target = edgeTarget(request.url ?? '', prefix)
      if (target === undefined) proceed()
      else edge.handle(request, response, target).catch((error: unknown) => proceed(error))
    },
    upgrade(request, socket, head) {
      const target = edgeTarget(request.url ?? '', prefix)
      if (target !== undefined) edge.upgrade(request, socket, head)
      return target !== undefined
    },
  }
}

function edgeTarget(url: string, prefix: string): EdgeTarget | undefined {
  if (!url.startsWith(`${prefix}/`)) return undefined
  const [, host = '', path = ''] = /^([^/?]*)(.*)$/s.exec(url.slice(prefix.length + 1)) ?? []
  if (!isAgoraHost(host)) return undefined
  return { host, path: path.startsWith('/') ? path : `/${path}` }
}
