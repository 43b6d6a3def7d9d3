import { inWords, printThrown } from './thrown.ts'

/** Receives why keys could not be read anew. */
export type KeyErrorSink = (error: unknown) => void | Promise<void>

/** Reports the faults of a source of keys. @internal */
export interface FaultReport {
  /** Passes a fault on, unless it is the one that was passed on last. */
  report(error: unknown): void
  /** Takes note that all is well again. */
  clear(): void
}

/**
 * Makes a report that says the same thing once: a source is asked again and again, and an outage of
 * an hour shall not fill the log.
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
    // There is nobody left to tell, and the last good keys still serve.
  }
}

function printError(error: unknown): void {
  printThrown('[rtc-token] keys', error)
}
