import type { TokenHandler } from '../../src/index.ts'
import type { HostTrait, WireReply, WireRequest } from './host-case.ts'

/** A way to serve the handler, as its users do it. */
export interface Host {
  readonly name: string
  readonly prefix: string
  readonly traits?: readonly HostTrait[]
  /** Called as a function, without a connection that could break. */
  readonly isInProcess?: true
  /** What the policy is told of the caller. */
  readonly ip: string | undefined
  start(handler: TokenHandler): Promise<RunningHost>
}

/** A host that answers. */
export interface RunningHost {
  /** Where it listens on loopback; none for a host that is called in this process. */
  readonly port?: number
  send(request: WireRequest): Promise<WireReply>
  stop(): Promise<void>
}
