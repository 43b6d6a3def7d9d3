import { maskedError } from '../../errors/masked-error.ts'
import { LimiterFailure } from '../../limit/guarded-limiter.ts'
import { isA } from '../../errors/thrown.ts'
import type { Logger } from './logger.ts'

/**
 * Logs the errors of the handler. A limit that cannot be counted is an outage, not the failure of a request: it gets
 * one warning when it begins and then one a minute, for any number of requests.
 *
 * @internal
 */
export function logFailure(
  logger: Pick<Logger, 'error' | 'warn'>,
  error: unknown,
  requestId: string,
): void {
  if (!isA(error, LimiterFailure)) {
    const request = requestId === '' ? {} : { requestId }
    logger.error({ type: 'request.failed', ...request, err: error })
  } else if (requestId === '') {
    const { limit, cause, message } = error
    logger.warn({ type: 'limiter.failing', limit, reason: maskedError(cause).message }, message)
  }
}
