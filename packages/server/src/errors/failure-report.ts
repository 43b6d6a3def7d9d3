const REPORT_EVERY_MS = 60_000

/** Reports the failures of one limit to the owner of the server. @internal */
export interface FailureReport {
  /** Reports a failure, unless one was reported within the last minute. */
  report(failure: Error, now: number): void
}

/**
 * Creates the report of one limit. It is throttled, so that a store that fails for an hour, or again and again, does
 * not fill the log.
 *
 * @internal
 */
export function createFailureReport(onError: (error: unknown) => unknown): FailureReport {
  let reportedAt = -Infinity
  return {
    report(failure, now) {
      if (now >= reportedAt && now < reportedAt + REPORT_EVERY_MS) return
      reportedAt = now
      void deliver(failure, onError)
    },
  }
}

async function deliver(failure: Error, onError: (error: unknown) => unknown): Promise<void> {
  try {
    await onError(failure)
  } catch {
    // `onError` has failed itself, and there is no other way to report.
  }
}
