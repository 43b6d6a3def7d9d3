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
 * Opens the ports of a server for a moment, in which requests get a 503. A port that is in use is not a failure,
 * because the check may run beside the server that it checks, unless the server itself wants the port twice.
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
  // The second one while the first is open, as in a start.
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
