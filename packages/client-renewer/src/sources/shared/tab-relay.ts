import { type Clock, stopwatch } from '../../environment/clock.ts'
import { type Answer, toAnswer } from './answer.ts'
import type { TabPorts } from './tab-ports.ts'

/** How long to wait for another tab before asking beside it: it may be slow, or frozen. */
const PATIENCE_MS = 3_000

/** What one tab tells the others. */
interface TabMessage {
  readonly key: string
  readonly grant: unknown
  readonly ageMs: number
}

/** Has one tab ask for all. Whatever fails about that, this tab asks for itself. @internal */
export class TabRelay {
  readonly #ports: TabPorts
  readonly #clock: Clock
  readonly #waiting = new Map<string, (answer: Answer) => void>()
  readonly #stop: () => void

  /** @param onAnswer - told of every answer that another tab got */
  constructor(ports: TabPorts, clock: Clock, onAnswer: (key: string, answer: Answer) => void) {
    this.#ports = ports
    this.#clock = clock
    this.#stop = ports.listen((message) => {
      const answer = isMessage(message) && readAnswer(message, clock)
      if (!answer) return
      onAnswer(message.key, answer)
      this.#waiting.get(message.key)?.(answer)
    })
  }

  /** Asks, unless another tab is doing so and tells the answer in time. */
  async ask(key: string, signal: AbortSignal, send: () => Promise<Answer>): Promise<Answer> {
    const heard = new Promise<Answer>((resolve) => this.#waiting.set(key, resolve))
    const controller = new AbortController()
    const giveUp = () => controller.abort()
    const cancel = this.#clock.after(PATIENCE_MS, giveUp)
    signal.addEventListener('abort', giveUp)
    const turn = this.#turn(key, controller.signal)
    try {
      const answer = await Promise.race([turn.then(() => undefined), heard])
      return answer ?? (await send())
    } finally {
      cancel()
      this.#waiting.delete(key)
      signal.removeEventListener('abort', giveUp)
      giveUp()
      // Also when it is our turn only now.
      void turn.then((release) => release())
    }
  }

  /** Tells the other tabs. */
  tell(key: string, { grant, ageMs }: Answer): void {
    const { token, expiresIn, renewIn, uid, account } = grant
    const message: TabMessage = {
      key,
      grant: { token, expiresIn, renewIn, uid, account },
      ageMs: ageMs(),
    }
    try {
      this.#ports.post(message)
    } catch {
      // The channel is closed: they ask for themselves.
    }
  }

  /** Stops hearing the other tabs. */
  close(): void {
    this.#stop()
  }

  // Without a lock it is everybody's turn.
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
  const { key, ageMs } = message as Partial<TabMessage>
  return typeof key === 'string' && typeof ageMs === 'number' && ageMs >= 0
}

function readAnswer({ grant, ageMs }: TabMessage, clock: Clock): Answer | undefined {
  const passed = stopwatch(clock)
  try {
    return toAnswer(grant, () => ageMs + passed())
  } catch {
    return undefined
  }
}
