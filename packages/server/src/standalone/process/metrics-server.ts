import type { IncomingMessage, ServerResponse } from 'node:http'

import { createBoundedServer } from './bounded-server.ts'
import type { Config } from '../config/config.ts'
import { listen } from './listen.ts'

/** A server for Prometheus on a port of its own, which must not be reachable from the internet. @internal */
export interface MetricsServer {
  readonly port: number
  readonly stop: () => void
}

const PLACE_NAMES = { port: 'RTC_TOKEN_METRICS_PORT', host: 'RTC_TOKEN_METRICS_HOST' }
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Serves `GET /metrics`.
 *
 * @internal
 * @throws {ConfigError} when the server cannot listen
 */
export async function startMetricsServer(
  config: Config,
  metrics: () => Promise<string>,
): Promise<MetricsServer> {
  const { metricsHost, metricsPort = 0 } = config
  const send = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { status, body } = await answer(req.method, req.url, metrics)
    res.writeHead(status, {
      'content-type': CONTENT_TYPE,
      'content-length': Buffer.byteLength(body),
    })
    res.end(body)
  }
  const server = createBoundedServer(config).on('request', (req, res) => void send(req, res))
  const port = await listen(server, { port: metricsPort, host: metricsHost }, PLACE_NAMES)
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { port, stop }
}

async function answer(
  method: string | undefined,
  url: string | undefined,
  metrics: () => Promise<string>,
): Promise<{ readonly status: number; readonly body: string }> {
  if (url?.split('?', 1)[0] !== '/metrics') return { status: 404, body: 'Not found\n' }
  if (method !== 'GET') return { status: 405, body: 'GET expected\n' }
  try {
    return { status: 200, body: await metrics() }
  } catch {
    return { status: 503, body: 'The metrics cannot be collected\n' }
  }
}
