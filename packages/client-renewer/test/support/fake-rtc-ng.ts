type Listener = (...args: never[]) => void

/** Something that can be published. */
export interface FakeTrack {
  readonly name: string
  /** `false` as after `setEnabled(false)`. */
  enabled?: boolean
  /** As after `close()`. */
  _isClosed?: boolean
}

interface PendingCall {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** What a test decides about a call into the SDK. */
type Behaviour = 'ok' | 'hang' | Error

/**
 * A stand-in for a client of agora-rtc-sdk-ng 4.24 where the real one cannot run. It reproduces the
 * order of events and the forgetting that were recorded from the real SDK; the browser tests of the
 * demo run the real one.
 */
export class FakeRtcNgClient {
  connectionState = 'DISCONNECTED'
  uid?: number | string
  channelName?: string
  localTracks: FakeTrack[] = []
  readonly calls: string[] = []
  readonly tokens: string[] = []
  onRenew: Behaviour = 'ok'
  onJoin: Behaviour = 'ok'
  /** What becomes of the next join alone. */
  onNextJoin: Behaviour | undefined
  onPublish: Behaviour = 'ok'
  onLeave: Behaviour = 'ok'
  unpublishable: readonly FakeTrack[] = []
  /** What the SDK publishes again by itself when it is back in the channel. Absent from some versions. */
  _p2pChannel: { pendingLocalTracks: FakeTrack[] } | undefined = { pendingLocalTracks: [] }
  /** Why it was disconnected last, which the SDK does not forget when it joins again. */
  #reason: string | undefined
  readonly #listeners = new Map<string, Set<Listener>>()
  #pending: readonly PendingCall[] = []
  #leaving: Promise<void> | undefined

  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }

  on(event: string, listener: Listener): void {
    const set = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, set.add(listener))
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener)
  }

  async join(_: string, channel: string, token: string | null, uid?: number | string | null) {
    await this.#leaving
    if (this.connectionState !== 'DISCONNECTED') {
      throw new Error('INVALID_OPERATION: Client already in connecting/connected state')
    }
    this.calls.push(`join ${channel} ${uid ?? 'null'}`)
    this.tokens.push(String(token))
    this.#change('CONNECTING')
    const behaviour = this.onNextJoin ?? this.onJoin
    this.onNextJoin = undefined
    await this.#behave(behaviour).catch((error: unknown) => {
      const isAborted = error instanceof TypeError
      if (this.connectionState === 'CONNECTING' && !isAborted) this.#end(this.#reason)
      throw error
    })
    this.uid = uid ?? 4711
    this.channelName = channel
    this.#change('CONNECTED')
    return this.uid
  }

  /** Says nothing when the client is out already; a second call waits for the first. */
  async leave(): Promise<void> {
    this.calls.push('leave')
    if (!this.#leaving) this.#forget()
    await this.#leaving
    if (this.connectionState === 'DISCONNECTED') return
    // While it is still joining it has no session to end, and tells the reason of the one before.
    const reason = this.connectionState === 'CONNECTING' ? this.#reason : 'LEAVE'
    this.#change('DISCONNECTING')
    this.#leaving = this.#behave(this.onLeave)
    await this.#leaving
    this.#leaving = undefined
    this.#end(reason)
  }

  /** The second parameter is the SDK's own, which it uses itself after `setEnabled(true)`. */
  async publish(track: FakeTrack, mustBeEnabled = true): Promise<void> {
    if (!/^(RE)?CONNECT(ED|ING)$/.test(this.connectionState) || this.uid === undefined)
      throw new Error('INVALID_OPERATION: not joined')
    if (this.unpublishable.includes(track) || (mustBeEnabled && track.enabled === false))
      throw new Error('TRACK_IS_DISABLED')
    this.calls.push(`publish ${track.name}`)
    await this.#behave(this.onPublish)
    this.localTracks = [...this.localTracks, track]
  }

  async unpublish(track: FakeTrack): Promise<void> {
    if (this.uid === undefined) throw new Error('INVALID_OPERATION: not joined')
    const others = (tracks: readonly FakeTrack[]) => tracks.filter((other) => other !== track)
    this.localTracks = others(this.localTracks)
    if (this._p2pChannel)
      this._p2pChannel.pendingLocalTracks = others(this._p2pChannel.pendingLocalTracks)
  }

  async renewToken(token: string): Promise<void> {
    if (this.connectionState === 'DISCONNECTED') throw new Error('INVALID_OPERATION')
    this.calls.push('renewToken')
    this.tokens.push(token)
    await this.#behave(this.onRenew)
  }

  /** Answers the calls that hang. */
  answer(): void {
    for (const { resolve } of this.#takePending()) resolve()
  }

  /** Refuses the calls that hang. */
  refuse(error: Error): void {
    for (const { reject } of this.#takePending()) reject(error)
  }

  warn(): void {
    this.#emit('token-privilege-will-expire')
  }

  /** The edge says "expired" while connected: all in one stack, two signals for one death. */
  expire(): void {
    this.#change('DISCONNECTING')
    this.#end('TOKEN_EXPIRE')
    this.#emit('token-privilege-did-expire')
  }

  /** The old key is refused while reconnecting: no did-expire at all. */
  expireSilently(): void {
    this.#end('TOKEN_EXPIRE')
  }

  dropLine(): void {
    this.#change('RECONNECTING')
  }

  /** While it is reconnecting: gives up its connection for media, and keeps its tracks for the next. */
  dropMedia(): void {
    this.#emit('peerconnection-state-change', 'closed', 'connected')
    if (this._p2pChannel) this._p2pChannel.pendingLocalTracks = this.localTracks
    this.localTracks = []
    this.#emit('peerconnection-state-change', 'new', 'closed')
  }

  restoreLine(): void {
    const { pendingLocalTracks = [] } = this._p2pChannel ?? {}
    this.localTracks = [...this.localTracks, ...pendingLocalTracks]
    if (this._p2pChannel) this._p2pChannel.pendingLocalTracks = []
    this.#change('CONNECTED')
  }

  kick(reason: string): void {
    this.#change('DISCONNECTING')
    this.#end(reason)
  }

  #end(reason: string | undefined): void {
    const previous = this.connectionState
    this.#reason = reason
    // It is another state already while the SDK forgets its session, and told only after that.
    this.connectionState = 'DISCONNECTED'
    this.#forget()
    this.#emit('connection-state-change', 'DISCONNECTED', previous, reason)
  }

  async #behave(behaviour: Behaviour): Promise<void> {
    if (behaviour instanceof Error) throw behaviour
    if (behaviour === 'ok') return
    await new Promise<void>((resolve, reject) => {
      this.#pending = [...this.#pending, { resolve, reject }]
    })
  }

  #takePending(): readonly PendingCall[] {
    const pending = this.#pending
    this.#pending = []
    return pending
  }

  // What was under way is lost with the session, with the error that happens to come up.
  #forget(): void {
    delete this.uid
    delete this.channelName
    this.#emit('peerconnection-state-change', 'closed', 'connected')
    this.localTracks = []
    if (this._p2pChannel) this._p2pChannel.pendingLocalTracks = []
    for (const { reject } of this.#takePending()) reject(new TypeError('token of undefined'))
  }

  #change(state: string, reason?: string): void {
    const previous = this.connectionState
    this.connectionState = state
    this.#emit('connection-state-change', state, previous, reason)
  }

  // The SDK swallows what a listener throws.
  #emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]))
  }
}
