import type { Worker } from 'node:cluster'

import { isWorkerMetrics, METRICS_WANTED } from './worker-message.ts'

// Prometheus itself gives up after ten seconds unless told otherwise.
const ANSWER_MS = 1000

/**
 * Asks workers for their metrics. Leaves out those that end meanwhile or do not answer within a second:
 * that one of them has crashed is when the metrics of the others are looked at.
 *
 * @internal
 * @throws {Error} when none answers
 */
export async function gatherMetrics(workers: readonly Worker[]): Promise<readonly object[]> {
  const answers = await Promise.all(workers.map(askWorker))
  const known = answers.filter((metrics) => metrics !== undefined)
  if (known.length > 0) return known
  throw new Error('no worker answers')
}

function askWorker(worker: Worker): Promise<object | undefined> {
  return new Promise((resolve) => {
    const settle = (metrics?: object): void => {
      clearTimeout(timer)
      worker.off('message', hear)
      worker.off('exit', leave)
      resolve(metrics)
    }
    const hear = (message: unknown): void => {
      if (isWorkerMetrics(message)) settle(message.metrics)
    }
    const leave = (): void => settle()
    const timer = setTimeout(leave, ANSWER_MS)
    worker.on('message', hear)
    worker.on('exit', leave)
    if (worker.isConnected()) worker.send(METRICS_WANTED, (error) => error && leave())
    else leave()
  })
}
