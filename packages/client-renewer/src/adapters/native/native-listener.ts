import {
  NativeError,
  type NativeConnection,
  type NativeEventHandler,
  type NativeEvents,
} from './native-engine.ts'

/** Hears what an engine tells of one of its channels. @internal */
export class NativeListener {
  readonly #engine: NativeEvents
  readonly #isMine: (connection: NativeConnection) => boolean

  constructor(engine: NativeEvents, isMine: (connection: NativeConnection) => boolean) {
    this.#engine = engine
    this.#isMine = isMine
  }

  /** Returns how to stop, after which nothing is heard any more. */
  listen(handler: NativeEventHandler): () => void {
    let isDeaf = false
    const heard: Record<string, (connection: NativeConnection, ...rest: never[]) => void> = {}
    for (const [name, hear] of Object.entries(handler)) {
      heard[name] = (connection, ...rest) => {
        // The engine tells its whole list as it was, also whom it has lost meanwhile.
        if (!isDeaf && this.#isMine(connection)) safely(() => hear(connection, ...rest))
      }
    }
    this.#engine.registerEventHandler(heard)
    return () => {
      isDeaf = true
      this.#engine.unregisterEventHandler(heard)
    }
  }

  /** Calls the engine and waits for what it tells of the outcome, or until nobody cares. */
  async outcome<T>(
    call: () => number,
    signal: AbortSignal | undefined,
    handler: (done: (value: T) => void, fail: (error: Error) => void) => NativeEventHandler,
  ): Promise<T> {
    const scope = new AbortController()
    try {
      return await new Promise<T>((resolve, reject) => {
        const stop = this.listen(handler(resolve, reject))
        const abort = () => reject(new Error('nobody waits for this any more'))
        scope.signal.addEventListener('abort', stop)
        signal?.addEventListener('abort', abort, { signal: scope.signal })
        if (signal?.aborted) abort()
        else check(call())
      })
    } finally {
      scope.abort()
    }
  }
}

/** Engines return a negative number where others throw. @internal */
export function check(code: number): void {
  if (code < 0) throw new NativeError(code, 'the call was refused')
}

// What is thrown into a native callback ends the whole app on Electron.
function safely(act: () => void): void {
  try {
    act()
  } catch (error) {
    void Promise.reject(error)
  }
}
