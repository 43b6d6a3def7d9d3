import { inWords, printThrown } from './thrown.ts'

/** Receives the error when keys could not be reloaded. */
export type KeyErrorSink = (error: unknown) => void | Promise<void>

/** Reports the failures of a source of keys. @internal */
export interface FaultReport {
  /** Reports a failure, unless it equals the last one reported. */
  report(error: unknown): void
  /** Records that the source works again. */
  clear(): void
}

/**
 * Creates a report that repeats no failure: a source is read again and again, and an outage of an hour must not
 * fill the log.
 *
 * @internal
 */
export function createFaultReport(onError: KeyErrorSink = printError): FaultReport {
  let last: string | undefined
  return {
    report(error) {
      const words = inWords(error)
      if (words === last) return
      last = words
      void tell(onError, error)
    },
    clear() {
      last = undefined
    },
  }
}

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
      void tell(onError, failure)
    },
  }
}

/** Passes a fault on to `onError`, and drops what that throws. @internal */
export async function tell<A extends readonly unknown[]>(
  onError: (...fault: A) => unknown,
  ...fault: A
): Promise<void> {
  try {
    await onError(...fault)
  } catch {
    // `onError` itself failed, and there is no other way to report it.
  }
}

function printError(error: unknown): void {
  printThrown('[rtc-token] keys', error)
}
