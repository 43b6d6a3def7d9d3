import { toRefusal } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { Refusal } from '../errors/refusal.ts'
import { isThenable, withDeadline } from '../time/deadline.ts'
import type { TokenEvent } from './token-event.ts'

/** Receives every event, for an audit log. Its errors go to `onError`. */
export type EventSink = (event: TokenEvent) => void | Promise<void>

/** @internal */
export interface AuditOptions {
  readonly onEvent: EventSink
  /** Whether a token is sent only after its event has been written. */
  readonly required: boolean
  /** Time limit for a required write, in milliseconds. */
  readonly timeoutMs: number
  readonly onError: (error: unknown, requestId: string) => void | Promise<void>
}

/**
 * Writes an event. Without `required` it is not awaited: the write continues after the reply, kept alive by
 * `waitUntil` on hosts that would otherwise end it. With `required` the promise must be awaited before the reply.
 *
 * @internal
 */
export type Audit = (
  event: TokenEvent,
  waitUntil?: (promise: Promise<unknown>) => void,
) => void | Promise<void>

/**
 * Creates the audit of a handler. If it is required, the event of a signed token rejects when it cannot be written in
 * time, so that the token is not sent. The event of a refusal never rejects, because there is nothing to hold back.
 *
 * @internal
 */
export function createAudit(options: AuditOptions): Audit {
  if (options.required) return (event) => writeOrFail(options, event)
  return (event, waitUntil) => {
    const writing = write(options, event)
    if (writing) waitUntil?.(writing)
  }
}

// Synchronous for a synchronous sink: most sinks append a line to a buffer.
function write(options: AuditOptions, event: TokenEvent): Promise<void> | undefined {
  try {
    const writing: unknown = options.onEvent(event)
    if (!isThenable(writing)) return undefined
    return Promise.resolve(writing).then(nothing, (error) => report(options, event, error))
  } catch (error) {
    return report(options, event, error)
  }
}

function nothing(): void {}

function report({ onError }: AuditOptions, event: TokenEvent, error: unknown): Promise<void> {
  return tell(onError, toRefusal(error).cause, 'requestId' in event ? event.requestId : '')
}

async function writeOrFail(options: AuditOptions, event: TokenEvent): Promise<void> {
  const { onEvent, timeoutMs } = options
  const inTime: EventSink = (event) => within(timeoutMs, (async () => onEvent(event))())
  if (event.type === 'token.issued' || event.type === 'token.renewed') await inTime(event)
  else await write({ ...options, onEvent: inTime }, event)
}

/** @throws {Refusal} policy_timeout; also what the write throws */
function within(timeoutMs: number, written: Promise<void>): Promise<void> {
  return withDeadline(timeoutMs, written, (reject) => {
    const cause = new Error(`onEvent did not answer within ${timeoutMs} ms`)
    reject(new Refusal('policy_timeout', undefined, { cause }))
  })
}
