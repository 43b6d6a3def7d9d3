import type { Settings } from './handler-options.ts'
import { Refusal } from './refusal.ts'

/**
 * Turns what was thrown into what the caller is told: of anything unforeseen, nothing.
 *
 * @internal
 */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal('internal_error', undefined, { cause: error })
}

/**
 * Whether a refusal is the server's own failure. A hook that gave up because the caller has gone
 * is none.
 *
 * @internal
 */
export function isFailure({ code, cause }: Refusal, request: Request): boolean {
  if (code === 'policy_timeout') return true
  if (code !== 'internal_error') return false
  const { aborted, reason } = request.signal
  const gaveUp = cause === reason || (cause instanceof Error && cause.name === 'AbortError')
  return !(aborted && gaveUp)
}

/**
 * Passes a failure on to `onError`, whose own failures must not cost the caller the reply.
 *
 * @internal
 */
export async function reportFailure(
  refusal: Refusal,
  onError: Settings<unknown>['onError'],
  requestId: string,
): Promise<void> {
  try {
    await onError(refusal.cause, requestId)
  } catch {
    // There is nobody left to tell.
  }
}
