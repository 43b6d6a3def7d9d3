import type { RtmClient } from '../../src/adapters/rtm/rtm-client.ts'
import type { RtmStreamChannel } from '../../src/adapters/rtm/rtm.ts'
import { FakeRtmConnection } from './fake-rtm-connection.ts'
import { NEWEST, type RtmDialect } from './fake-rtm-dialect.ts'

type Listener = (event: never) => void

/**
 * A stand-in for a client of RTM 2.x. What it reproduces: two signals for one warning; no event for an
 * ended token but that of the connection; a login that changes nothing while logged in, and is refused
 * on the way back; a renewal that is refused while not connected, and passed over when the token is the
 * one in use; a stream channel that is told of by the client and whose join hides why it was refused.
 * What differs from one edition to the next is its dialect.
 */
export class FakeRtmClient implements RtmClient {
  readonly session: FakeRtmConnection
  readonly crashes: unknown[] = []
  readonly release?: () => unknown
  readonly #dialect: RtmDialect
  readonly #streams = new Map<string, FakeRtmConnection>()
  readonly #listeners = new Map<string, Listener[]>()

  constructor(dialect: RtmDialect = NEWEST) {
    this.#dialect = dialect
    if (dialect.isReactNative) this.release = () => 0
    const reasons = { enter: 'LOGIN', success: 'LOGIN_SUCCESS', exit: 'LOGOUT' }
    this.session = new FakeRtmConnection({
      dialect,
      reasons,
      listenerCount: () => this.listenerCount(),
      tell: (link) => this.#tell(dialect.link({ ...link, isStream: false, channels: [] })),
      warn: () => this.warn(''),
    })
  }

  login({ token }: { token: string }): Promise<unknown> {
    return this.session.enter(token)
  }

  logout(): Promise<unknown> {
    return this.session.exit()
  }

  async renewToken(token: string, options?: { channelName: string }): Promise<unknown> {
    const { isReactNative, refusal } = this.#dialect
    if (isReactNative && options && !options.channelName) {
      throw refusal(undefined, 'Channel name is required')
    }
    if (!options?.channelName) return this.session.renew(token)
    const stream = this.#streams.get(options.channelName)
    if (!stream) throw refusal(-10_008, 'Invalid channel name')
    return stream.renew(token)
  }

  addEventListener(event: string, listener: Listener): void {
    const { added } = this.#dialect.names(event)
    this.#listeners.set(added, [...(this.#listeners.get(added) ?? []), listener])
  }

  removeEventListener(event: string, listener: Listener): void {
    const { removed } = this.#dialect.names(event)
    const others = (this.#listeners.get(removed) ?? []).filter((other) => other !== listener)
    this.#listeners.set(removed, others)
  }

  /** A stream channel, and who plays its other side. */
  stream(name: string): { readonly channel: RtmStreamChannel; readonly driver: FakeRtmConnection } {
    const reasons = { enter: 'JOIN', success: 'JOIN_SUCCESS', exit: 'LEAVE' }
    const driver = new FakeRtmConnection({
      dialect: this.#dialect,
      reasons,
      channelName: name,
      listenerCount: () => this.listenerCount(),
      tell: (link) => this.#tell(this.#dialect.link({ ...link, isStream: true, channels: [name] })),
      warn: () => this.emit('tokenPrivilegeWillExpire', name),
    })
    this.#streams.set(name, driver)
    const channel = {
      join: ({ token }: { token: string }) => driver.enter(token),
      leave: () => driver.exit(),
    }
    return { channel, driver }
  }

  listenerCount(): number {
    return [...this.#listeners.values()].flat().length
  }

  /** Two signals for one warning. */
  warn(name: string): void {
    this.emit('tokenPrivilegeWillExpire', name)
    this.emit('token', this.#dialect.token('WILL_EXPIRE', []))
  }

  /** What a renewal brings about whose token may do less. */
  revoke(...channels: string[]): void {
    this.emit('token', this.#dialect.token('READ_PERMISSION_REVOKED', channels))
  }

  /** What a listener throws ends what the SDK was about to do. */
  emit(event: string, payload: unknown): void {
    for (const listener of this.#listeners.get(this.#dialect.names(event).added) ?? []) {
      try {
        listener(payload as never)
      } catch (error) {
        this.crashes.push(error)
      }
    }
  }

  #tell(events: readonly (readonly [string, unknown])[]): void {
    for (const [event, payload] of events) this.emit(event, payload)
  }
}
