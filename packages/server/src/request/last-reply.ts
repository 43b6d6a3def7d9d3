import { newRequestId } from './request-state.ts'
import { printError } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { Refusal } from '../errors/refusal.ts'
import { type PlainReply, problemReply } from '../http/reply.ts'
import type { BaseSettings } from '../options/settings.ts'

/**
 * Makes the reply when answering has failed unexpectedly, and reports the error to `onError`. It reads neither
 * the request nor the error, because either may throw.
 *
 * @internal
 */
export function lastReply(
  error: unknown,
  onError: BaseSettings['onError'] = printError,
  requestId: string = newRequestId(),
): PlainReply {
  const refusal = new Refusal('internal_error', undefined, { cause: error })
  void tell(onError, refusal.cause, requestId)
  return problemReply(refusal, requestId)
}
