import type { RequestListener } from 'node:http'
import { type LoopbackServer, serveOnLoopback } from './serve-on-loopback.ts'

/** A server on this machine that starts when its address is first asked for. */
export interface ServerOnDemand {
  /** Where it listens, such as `http://127.0.0.1:41234`. */
  readonly url: () => Promise<string>
  readonly close: () => Promise<void>
}

/** Prepares a server; it opens no port yet. */
export function serveOnDemand(listener: RequestListener): ServerOnDemand {
  let starting: Promise<LoopbackServer> | undefined
  return {
    async url() {
      starting ??= serveOnLoopback(listener)
      return (await starting).url
    },
    close: async () => (await starting)?.close(),
  }
}
