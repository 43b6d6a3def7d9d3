import { type Clock, stopwatch } from '../../environment/clock.ts'
import { isRenewError, RenewError } from '../../errors.ts'
import type { TokenScope } from '../../session-adapter.ts'
import { toGrant } from '../../token/token-grant.ts'
import type { TokenGrant, TokenRequest } from '../../token-source.ts'
import { type Answer, grantAfter, toAnswer } from './answer.ts'
import { type DeskRequest, serviceOf } from './batch-request.ts'
import { JointRequest } from './batch.ts'
import { scopeKey } from './scope-key.ts'
import { Seats } from './known-sessions.ts'
import type { TabPorts } from './tab-ports.ts'
import { TabRelay } from './tab-relay.ts'

// Who asks in the same turn gets here within a few promises of each other. No timer: in a hidden tab the
// next one may be a minute away.
const GATHERING_TURNS = 10

interface DeskSettings {
  readonly source: (request: DeskRequest) => string | TokenGrant | Promise<string | TokenGrant>
  readonly together: boolean
  readonly tabs: TabPorts | undefined
  readonly clock: Clock
}

/** Who shares what with whom. @internal Use `createTokenDesk`. */
export class Desk {
  readonly #settings: DeskSettings
  readonly #seats = new Seats()
  readonly #open = new Set<JointRequest>()
  /** Keys whose service the server did not put into a token with others. */
  readonly #separate = new Set<string>()
  #relay: TabRelay | undefined
  #isClosed = false

  constructor(settings: DeskSettings) {
    this.#settings = settings
    const { tabs, clock } = settings
    this.#relay = tabs && new TabRelay(tabs, clock, (key, answer) => this.#seats.offer(key, answer))
  }

  async ask(request: TokenRequest): Promise<TokenGrant> {
    const { scope, attempt } = request
    const key = this.#isClosed ? undefined : scopeKey(scope)
    if (key === undefined) return toGrant(await this.#send(request, scope, [serviceOf(scope)]))
    const ready = this.#seats.ready(key, request)
    if (ready) return this.#hand(key, request, ready, 0)
    // A second try asks for no more than it needs: it may be what else was asked for that failed.
    const isAlone = attempt > 1 || !this.#settings.together || this.#separate.has(key)
    const joint = this.#joint(key, request, isAlone)
    return this.#await(joint, key, request)
  }

  close(): void {
    this.#isClosed = true
    this.#relay?.close()
    this.#relay = undefined
    this.#seats.clear()
  }

  async #await(joint: JointRequest, key: string, request: TokenRequest): Promise<TokenGrant> {
    const waitedMs = stopwatch(this.#settings.clock)
    try {
      const answer = joint.partOf(key, await joint.wait(request.signal))
      if (answer) return this.#hand(key, request, answer, waitedMs())
    } catch (error) {
      if (!joint.isMixed || !isRenewError(error) || error.retryable) throw error
      const grant = await this.#await(this.#joint(key, request, true), key, request)
      for (const other of joint.keys) if (other !== key) this.#separate.add(other)
      return grant
    }
    this.#separate.add(key)
    return this.#await(this.#joint(key, request, true), key, request)
  }

  /** The request under way that serves this session as well, or a new one. */
  #joint(key: string, request: TokenRequest, isAlone: boolean): JointRequest {
    for (const joint of this.#open) {
      if (!isAlone && !joint.isAborted) joint.admit(key, request.scope)
      if (joint.has(key) && !joint.isAborted && !(isAlone && joint.isMixed)) return joint
    }
    const joint = new JointRequest(key, request.scope, isAlone, (joint, signal) =>
      this.#work(joint, request, signal),
    )
    this.#open.add(joint)
    return joint
  }

  async #work(joint: JointRequest, request: TokenRequest, signal: AbortSignal): Promise<Answer> {
    try {
      await this.#gather(joint)
      const send = () => this.#fetch(joint, { ...request, signal })
      return await (this.#relay?.ask(joint.lead.key, signal, send) ?? send())
    } finally {
      this.#open.delete(joint)
    }
  }

  /** Those who ask in the same turn come along, and those known to need the like before long. */
  async #gather(joint: JointRequest): Promise<void> {
    for (let turns = 0; turns < GATHERING_TURNS; turns++) await Promise.resolve()
    for (const [key, scope] of this.#seats.living()) {
      if (!this.#separate.has(key)) joint.admit(key, scope)
    }
    joint.seal()
  }

  async #fetch(joint: JointRequest, request: TokenRequest): Promise<Answer> {
    if (joint.isAborted) throw new RenewError('STOPPED', 'nobody waits for the answer any more')
    const ageMs = stopwatch(this.#settings.clock)
    const answer = toAnswer(await this.#send(request, joint.lead.scope, joint.services), ageMs)
    for (const key of joint.keys) this.#publish(key, joint.partOf(key, answer))
    return answer
  }

  #publish(key: string, answer: Answer | undefined): void {
    if (answer === undefined) this.#separate.add(key)
    else {
      this.#seats.offer(key, answer)
      this.#relay?.tell(key, answer)
    }
  }

  #send(request: TokenRequest, scope: TokenScope, services: DeskRequest['services']) {
    return this.#settings.source({ ...request, scope, services })
  }

  #hand(key: string, { scope }: TokenRequest, answer: Answer, waitedMs: number): TokenGrant {
    if (!this.#isClosed) this.#seats.take(key, scope, answer)
    return grantAfter(answer, Math.max(0, answer.ageMs() - waitedMs))
  }
}
