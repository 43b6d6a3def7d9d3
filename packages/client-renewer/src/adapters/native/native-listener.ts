import { untilAborted } from '../shared/on-abort.ts'
import {
  NativeError,
  type NativeConnection,
  type NativeEventHandler,
  type NativeEvents,
} from './native-engine.ts'

/** Listens to the events of one channel of an engine. @internal */
export class NativeListener {
  readonly #engine: NativeEvents
  readonly #isMine: (connection: NativeConnection) => boolean

  constructor(engine: NativeEvents, isMine: (connection: NativeConnection) => boolean) {
    this.#engine = engine
    this.#isMine = isMine
  }

  /** Returns a function that stops listening. */
  listen(handler: NativeEventHandler): () => void {
    let isStopped = false
    const own: Record<string, (connection: NativeConnection, ...rest: never[]) => void> = {}
    for (const [name, call] of Object.entries(handler)) {
      own[name] = (connection, ...rest) => {
        safely(() => {
          // The engine calls every handler that was registered before the event, even removed ones.
          if (!isStopped && this.#isMine(connection)) call(connection, ...rest)
        })
      }
    }
    this.#engine.registerEventHandler(own)
    return () => {
      isStopped = true
      this.#engine.unregisterEventHandler(own)
    }
  }

  /**
   * Calls the engine and waits for its report of the outcome.
   *
   * @throws {Error} when `signal` is aborted
   * @throws {NativeError} when the engine refuses the call; otherwise the error that `handler` passes
   */
  async outcome<T>(
    call: () => number,
    signal: AbortSignal | undefined,
    handler: (done: (value: T) => void, fail: (error: Error) => void) => NativeEventHandler,
  ): Promise<T> {
    let stop: (() => void) | undefined
    const outcome = () =>
      new Promise<T>((resolve, reject) => {
        stop = this.listen(handler(resolve, reject))
        check(call())
      })
    return untilAborted(signal, outcome).finally(() => stop?.())
  }
}

/** Engines return a negative number where others throw. @internal */
export function check(code: number): void {
  if (code < 0) throw new NativeError(code, 'the call was refused')
}

// An error inside a native callback would keep the event from the app's own handlers.
function safely(act: () => void): void {
  try {
    act()
  } catch (error) {
    void Promise.reject(error)
  }
}
