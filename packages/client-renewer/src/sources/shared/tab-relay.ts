import { type Clock, stopwatch } from '../../environment/clock.ts'
import { type Answer, isOld, toAnswer } from './answer.ts'

/**
 * How the shared sources of an app's tabs reach each other. `browserTabs` makes it from what a browser
 * has; a test or an Electron app can pass its own.
 */
export interface TabPorts {
  /**
   * Waits until no other tab holds the lock of this name, and resolves with how to release it. Rejects
   * when `signal` is aborted before.
   */
  lock(name: string, signal: AbortSignal): Promise<() => void>
  /** Sends a message, which may contain a token, to the other tabs of the app only. */
  post(message: unknown): void
  /** Listens to what other tabs post. Returns how to stop, after which the port holds no resources. */
  listen(listener: (message: unknown) => void): () => void
}

/** How long to wait for another tab, which may be slow or frozen, before this one asks too. */
const PATIENCE_MS = 3_000

/** What one tab posts to the others. */
interface TabMessage {
  readonly key: string
  readonly grant: unknown
  readonly ageMs: number
  /** Milliseconds since 1970, by the clock that the tabs share: the message may wait for one that sleeps. */
  readonly sentAt: number
}

/** Lets one tab ask for all of them. When anything about that fails, this tab asks itself. @internal */
export class TabRelay {
  readonly #ports: TabPorts
  readonly #clock: Clock
  readonly #waiting = new Map<string, (answer: Answer) => void>()
  readonly #stop: () => void

  /** @param onAnswer - told every answer that another tab has got */
  constructor(ports: TabPorts, clock: Clock, onAnswer: (key: string, answer: Answer) => void) {
    this.#ports = ports
    this.#clock = clock
    this.#stop = ports.listen((message) => {
      const answer = isMessage(message) && readAnswer(message, clock)
      if (!answer) return
      onAnswer(message.key, answer)
      // An old one has been on its way while this tab slept.
      if (!isOld(answer)) this.#waiting.get(message.key)?.(answer)
    })
  }

  /** Asks, unless another tab is asking and posts its answer in time. */
  async ask(key: string, signal: AbortSignal, send: () => Promise<Answer>): Promise<Answer> {
    const posted = new Promise<Answer>((resolve) => this.#waiting.set(key, resolve))
    const controller = new AbortController()
    const giveUp = () => controller.abort()
    const cancel = this.#clock.after(PATIENCE_MS, giveUp)
    signal.addEventListener('abort', giveUp)
    const turn = this.#turn(key, controller.signal)
    try {
      const answer = await Promise.race([turn.then(() => undefined), posted])
      return answer ?? (await send())
    } finally {
      cancel()
      this.#waiting.delete(key)
      signal.removeEventListener('abort', giveUp)
      giveUp()
      // Also when this tab gets the lock only after that.
      void turn.then((release) => release())
    }
  }

  /** Posts an answer to the other tabs. */
  post(key: string, { grant, ageMs }: Answer): void {
    const { token, expiresIn, renewIn, uid, account } = grant
    const message: TabMessage = {
      key,
      grant: { token, expiresIn, renewIn, uid, account },
      ageMs: ageMs(),
      sentAt: this.#clock.now(),
    }
    try {
      this.#ports.post(message)
    } catch {
      // The channel is closed: the others ask themselves.
    }
  }

  /** Stops listening to the other tabs. */
  close(): void {
    this.#stop()
  }

  /** Waits for the lock of this key. When the lock fails, every tab may ask. */
  async #turn(key: string, signal: AbortSignal): Promise<() => void> {
    try {
      return await this.#ports.lock(key, signal)
    } catch {
      return () => {}
    }
  }
}

function isMessage(message: unknown): message is TabMessage {
  if (typeof message !== 'object' || message === null) return false
  const { key, ageMs, sentAt } = message as Partial<TabMessage>
  return typeof key === 'string' && Number.isFinite(sentAt) && Number.isFinite(ageMs) && ageMs! >= 0
}

function readAnswer({ grant, ageMs, sentAt }: TabMessage, clock: Clock): Answer | undefined {
  const passed = stopwatch(clock)
  const oldMs = ageMs + Math.max(0, clock.now() - sentAt)
  try {
    return toAnswer(grant, () => oldMs + passed())
  } catch {
    return undefined
  }
}
