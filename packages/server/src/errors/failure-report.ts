const REPORT_EVERY_MS = 60_000

/** Tells the owner of a server of one limit that fails. @internal */
export interface FailureReport {
  /** Passes a failure on, unless one was passed on within the last minute. */
  report(failure: Error, now: number): void
}

/**
 * Makes the report of one limit: a store that is away for an hour, or that comes and goes, shall not
 * fill the log.
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
    // There is no one else to tell.
  }
}
