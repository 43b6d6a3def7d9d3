import { isJsonObject } from '../json-object.ts'
import type { StartReport } from './start-report.ts'

/** What a worker tells its supervisor once it listens. @internal */
export interface WorkerReady {
  readonly type: 'rtc-token:ready'
  readonly port: number
  readonly report: StartReport
}

/** What a worker answers to {@link METRICS_WANTED}. @internal */
export interface WorkerMetrics {
  readonly type: 'rtc-token:metrics'
  /** As prom-client gives them for adding up. */
  readonly metrics: object
}

/** What a supervisor asks a worker whenever somebody asks for the sum. @internal */
export const METRICS_WANTED = 'rtc-token:metrics-wanted'

/** What a supervisor tells a worker: to end because all end, or because another has its place. @internal */
export type WorkerOrder = 'rtc-token:stop' | 'rtc-token:retire'

/** @internal */
export function isWorkerReady(message: unknown): message is WorkerReady {
  return isJsonObject(message) && message['type'] === 'rtc-token:ready'
}

/** @internal */
export function isWorkerMetrics(message: unknown): message is WorkerMetrics {
  return isJsonObject(message) && message['type'] === 'rtc-token:metrics'
}
