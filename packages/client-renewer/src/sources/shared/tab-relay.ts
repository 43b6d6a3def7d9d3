import { type Clock, stopwatch } from '../../environment/clock.ts'
import { type Answer, isOld, toAnswer } from './answer.ts'

/**
 * Connects the shared sources in the tabs of an app. `browserTabs` makes it in a browser; a test or an Electron app
 * can pass its own.
 */
export interface TabPorts {
  /**
   * Waits until no other tab holds the lock with this name, and resolves with a function that releases it. Rejects
   * when `signal` is aborted first.
   */
  lock(name: string, signal: AbortSignal): Promise<() => void>
  /** Sends a message, which may contain a token, to the other tabs of the app and nowhere else. */
  post(message: unknown): void
  /** Listens to messages of other tabs. Returns a function that stops listening and frees all resources. */
  listen(listener: (message: unknown) => void): () => void
}

/** How long this tab waits for another one, which may be slow or frozen, before it asks by itself. */
const PATIENCE_MS = 3_000

/** What one tab posts to the others. */
interface TabMessage {
  readonly key: string
  readonly grant: unknown
  readonly ageMs: number
  /** Milliseconds since 1970, by the clock that all tabs share: a message may reach a sleeping tab late. */
  readonly sentAt: number
}

/** Lets one tab ask for all of them. If that fails, this tab asks by itself. @internal */
export class TabRelay {
  readonly #ports: TabPorts
  readonly #clock: Clock
  readonly #waiting = new Map<string, (answer: Answer) => void>()
  readonly #stop: () => void

  /** @param onAnswer - called with every answer of another tab */
  constructor(ports: TabPorts, clock: Clock, onAnswer: (key: string, answer: Answer) => void) {
    this.#ports = ports
    this.#clock = clock
    this.#stop = ports.listen((message) => {
      const answer = isMessage(message) && readAnswer(message, clock)
      if (!answer) return
      onAnswer(message.key, answer)
      // An old answer was under way while this tab slept.
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
      // Even if this tab gets the lock only later.
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
      // The channel is closed: the others ask by themselves.
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
