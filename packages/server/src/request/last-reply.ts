import { newRequestId } from './request-state.ts'
import { printError, reportFailure } from '../errors/failure.ts'
import { Refusal } from '../errors/refusal.ts'
import { type PlainReply, problemReply } from '../http/reply.ts'
import type { BaseSettings } from '../options/settings.ts'

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
