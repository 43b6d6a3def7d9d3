import type { Config } from '../config/config.ts'
import type { Service } from '../service/create-service.ts'
import { type Finding, findingOf } from './finding.ts'
import { checkReusePort, isPortTaken } from '../process/listen.ts'
import { startMetricsServer } from '../process/metrics-server.ts'
import { startTokenServer } from '../process/token-server.ts'

type Outcome = Finding['outcome']

/** A server, or the reason why it could not start. */
interface Attempt {
  readonly finding: Finding
  readonly stop: () => unknown
}

/**
 * Opens the ports of a server briefly; meanwhile, requests get a 503. A port in use is not a failure, because the
 * server may be running during the check, unless the settings use one port twice.
 *
 * @internal
 * @throws {ConfigError} when this Node cannot share a port
 */
export async function checkPorts(
  config: Config,
  { handler, metrics }: Service,
): Promise<readonly Finding[]> {
  handler.close()
  if (config.reusePort) checkReusePort()
  const start = () => startTokenServer(handler, { ...config, reusePort: false })
  // Opens the second while the first is open, as the server does.
  const attempts = [await attempt('port', start, 'note')]
  if (metrics) {
    const startMetrics = () => startMetricsServer(config, metrics.metrics)
    attempts.push(await attempt('metrics port', startMetrics, outcomeIfTaken(config, attempts)))
  }
  await Promise.all(attempts.map(({ stop }) => stop()))
  return attempts.map(({ finding }) => finding)
}

// The two hosts can be different names of one address, which a comparison of the settings does not show.
function outcomeIfTaken({ port, metricsPort }: Config, [first]: readonly Attempt[]): Outcome {
  return first?.finding.outcome === 'ok' && port === metricsPort ? 'FAIL' : 'note'
}

async function attempt(
  what: string,
  start: () => Promise<{ readonly port: number; readonly stop: (graceMs: number) => unknown }>,
  ifTaken: Outcome,
): Promise<Attempt> {
  try {
    const { port, stop } = await start()
    return { finding: findingOf('ok', what, `${port} can be opened`), stop: () => stop(0) }
  } catch (error) {
    const text = error instanceof Error ? error.message : 'cannot be opened'
    const outcome = isPortTaken(error) ? ifTaken : 'FAIL'
    return { finding: findingOf(outcome, what, text), stop: () => undefined }
  }
}
