import { maskedError } from '../../errors/masked-error.ts'
import { LimiterFailure } from '../../limit/limiter-failure.ts'
import { isA } from '../../errors/thrown.ts'
import type { Logger } from './logger.ts'

/**
 * Logs what the handler could not do. That a limit cannot be counted is an outage and not the failure
 * of a request: one warning when it begins and one a minute, however many requests it meets.
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
