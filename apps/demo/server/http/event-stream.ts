import type { ServerResponse } from 'node:http'

/** Tells pages that are open what happens, as server-sent events. */
export interface EventStream {
  readonly tell: (event: object) => void
  /** Keeps a reply open, and writes to it what is told from now on. */
  readonly add: (response: ServerResponse) => void
  readonly close: () => void
}

/** Creates a stream that no page listens to yet. */
export function createEventStream(): EventStream {
  const listeners = new Set<ServerResponse>()
  return {
    tell(event) {
      for (const response of listeners) response.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    add(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.flushHeaders()
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    },
    close() {
      for (const response of listeners) response.end()
    },
  }
}
