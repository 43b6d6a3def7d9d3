import { inWords, printThrown } from './thrown.ts'

/** Receives the reason why keys could not be reloaded. */
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
      void deliver(error, onError)
    },
    clear() {
      last = undefined
    },
  }
}

async function deliver(error: unknown, onError: KeyErrorSink): Promise<void> {
  try {
    await onError(error)
  } catch {
    // `onError` has failed itself, and there is no other way to report. The last good keys are still used.
  }
}

function printError(error: unknown): void {
  printThrown('[rtc-token] keys', error)
}
