import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'

import { ConfigError } from './config-error.ts'
import type { Logger } from './logger.ts'
import { createRestartDelay } from './restart-delay.ts'
import { isWorkerReady, type WorkerOrder, type WorkerReady } from './worker-message.ts'

/**
 * Workers, of which there are always as many as wanted until they are told to stop.
 *
 * @internal
 */
export class WorkerPool {
  readonly #logger: Logger
  readonly #patienceMs: number
  readonly #delay = createRestartDelay()
  readonly #ready = new Set<Worker>()
  readonly #leaving = new Set<Worker>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #isStopping = false
  #isRolling = false

  /** @param patienceMs - for a worker that was told to end; one that is stuck hears nothing */
  constructor(logger: Logger, patienceMs: number) {
    this.#logger = logger
    this.#patienceMs = patienceMs
  }

  /** Those that serve, also the last requests before they end. */
  get serving(): readonly Worker[] {
    return [...this.#ready]
  }

  /**
   * Starts so many workers, and resolves when all of them listen.
   *
   * @throws {ConfigError} when one cannot start; it has said why
   */
  async start(count: number): Promise<WorkerReady> {
    const started = await Promise.all(Array.from({ length: count }, () => this.#launch()))
    const [first] = started
    if (first && started.every((ready) => ready !== undefined)) return first
    throw new ConfigError('a worker did not start')
  }

  /** Replaces the workers one by one; each serves until its successor listens. */
  async roll(): Promise<void> {
    if (this.#isRolling || this.#isStopping) return
    this.#isRolling = true
    const present = [...this.#ready]
    for (const worker of present) {
      if (this.#isStopping || !(await this.#launch())) break
      await this.#tell(worker, 'rtc-token:retire')
    }
    this.#isRolling = false
  }

  /** Lets all of them drain and finish. Resolves with the exit code for the whole. */
  async stop(): Promise<number> {
    this.#isStopping = true
    for (const timer of this.#timers) clearTimeout(timer)
    const all = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    for (const worker of all)
      if (!this.#ready.has(worker) && !this.#leaving.has(worker)) end(worker)
    const codes = await Promise.all(
      [...this.#ready].map((worker) => this.#tell(worker, 'rtc-token:stop')),
    )
    return codes.every((code) => code === 0) ? 0 : 1
  }

  /** Ends all of them at once. */
  kill(): void {
    this.#isStopping = true
    for (const worker of Object.values(cluster.workers ?? {})) if (worker) end(worker)
  }

  async #tell(worker: Worker, order: WorkerOrder): Promise<unknown> {
    if (worker.isDead()) return 0
    this.#leaving.add(worker)
    const exited = once(worker, 'exit')
    // That it may be ending already is no error of ours.
    if (worker.isConnected()) worker.send(order, () => {})
    const timer = setTimeout(() => this.#giveUp(worker), this.#patienceMs)
    const [code] = await exited
    clearTimeout(timer)
    return code
  }

  #giveUp(worker: Worker): void {
    this.#logger.error({ type: 'worker.killed', worker: worker.process.pid }, 'a worker was stuck')
    end(worker)
  }

  /** Starts one; resolves when it listens, or with `undefined` when it ended instead. */
  #launch(): Promise<WorkerReady | undefined> {
    const worker = cluster.fork()
    const startedAt = performance.now()
    return new Promise((resolve) => {
      worker.on('message', (message: unknown) => {
        if (!isWorkerReady(message)) return
        this.#ready.add(worker)
        this.#logger.debug({ type: 'worker.started', worker: worker.process.pid })
        resolve(message)
      })
      worker.once('exit', (code, signal) => {
        const hasServed = this.#ready.delete(worker)
        resolve(undefined)
        const isWanted = hasServed && !this.#leaving.delete(worker) && !this.#isStopping
        if (!isWanted) return
        this.#logger.error({ type: 'worker.crashed', worker: worker.process.pid, code, signal })
        this.#restartAfter(this.#delay.next(performance.now() - startedAt))
      })
    })
  }

  #restartAfter(delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#restart()
    }, delayMs)
    this.#timers.add(timer)
  }

  async #restart(): Promise<void> {
    const ready = await this.#launch()
    if (ready) this.#logger.info({ type: 'worker.replaced' }, 'a worker was replaced')
    else if (!this.#isStopping) this.#restartAfter(this.#delay.next(0))
  }
}

function end(worker: Worker): void {
  worker.process.kill('SIGKILL')
}
