import { newRequestId } from './asked.ts'
import { printError, reportFailure } from './failure.ts'
import { Refusal } from './refusal.ts'
import { type PlainReply, problemReply } from './respond.ts'
import type { BaseSettings } from './settings.ts'

/**
 * Makes the reply when there is nothing left to rely on, and tells the owner. It looks neither at the
 * request nor at the error.
 *
 * @internal
 */
export function lastReply(
  error: unknown,
  onError: BaseSettings['onError'] = printError,
  requestId: string = newRequestId(),
): PlainReply {
  const refusal = new Refusal('internal_error', undefined, { cause: error })
  void reportFailure(refusal, onError, requestId)
  return problemReply(refusal, requestId)
}
