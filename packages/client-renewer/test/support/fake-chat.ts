import type { ChatConnection, ChatEventHandler } from '../../src/adapters/chat.ts'
import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'

type Call = 'join' | 'renew' | 'leave'

interface Pending {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

const REFUSED = { type: 28, message: 'INVALID_TOKEN' }
const NO_LOGIN = { type: 39, message: 'websocket has been disconnected' }

/**
 * A stand-in for a connection of agora-chat 1.4 and for the service behind it. What it reproduces:
 * handlers of one id replace each other; the end of a token is told before the SDK closes itself;
 * closing forgets the token and is told later, in a turn of its own; rejections are plain objects;
 * opening twice is refused; a login that is refused leaves its socket open; a warning comes with every connect once 80 % of the life are over.
 */
export class FakeChatConnection implements ChatConnection, SdkDriver {
  readonly given: GivenToken[] = []
  token = ''
  readonly #handlers: Record<string, ChatEventHandler> = {}
  readonly #how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  #hasSocket = false
  #isLoggedOut = true
  #isLogging = false
  #isEndingSoon = false
  #reason: { readonly type: number } | undefined
  #pending: Pending[] = []

  addEventHandler(id: string, handler: ChatEventHandler): void {
    this.#handlers[id] = handler
  }

  removeEventHandler(id: string): void {
    delete this.#handlers[id]
  }

  isOpened(): boolean {
    return this.#hasSocket
  }

  async open({ user, accessToken }: { user: string; accessToken: string }): Promise<unknown> {
    if (this.#isLogging) throw { type: 2, message: 'Currently logging in, please wait.' }
    if (!this.#isLoggedOut) throw { type: 208, message: 'The user has logged in.' }
    this.given.push({ by: 'join', token: accessToken, user })
    this.token = accessToken
    this.#isLogging = true
    try {
      await this.#behave('join', REFUSED)
    } finally {
      this.#isLogging = false
    }
    this.#isEndingSoon = false
    this.#connected()
    return { accessToken }
  }

  close(): void {
    this.#isLoggedOut = true
    this.token = ''
    this.#reason = undefined
    this.#dropSocket()
  }

  async renewToken(token: string): Promise<unknown> {
    if (!this.#hasSocket) throw { status: false }
    this.given.push({ by: 'renew', token })
    await this.#behave('renew', { type: 17, message: `no such token: ${token}` })
    this.token = token
    this.#isEndingSoon = false
    return { status: true, token, expire: 0 }
  }

  listenerCount(): number {
    return Object.keys(this.#handlers).length
  }

  warn(): void {
    this.#isEndingSoon = true
    this.#dispatch((handler) => handler.onTokenWillExpire())
  }

  expire(): void {
    this.#dispatch((handler) => handler.onTokenExpired())
    this.close()
  }

  /** Refused on the way back: an error among others, and the SDK goes on trying. */
  expireQuietly(): void {
    this.dropLine()
    const reason = { type: 56, message: 'Sorry, token expired' }
    this.#dispatch((handler) => handler.onError(reason))
  }

  dropLine(): void {
    this.#hasSocket = false
    this.#dispatch((handler) => handler.onReconnecting())
  }

  restoreLine(): void {
    this.#connected()
  }

  async userLeaves(): Promise<void> {
    this.close()
  }

  ban(): void {
    this.#kick(207)
  }

  conflict(): void {
    this.#kick(206)
  }

  giveUp(): void {
    this.dropLine()
    this.#kick(39)
  }

  set(call: Call, behaviour: Behaviour): void {
    this.#how[call] = behaviour
  }

  answer(): void {
    const pending = this.#pending
    this.#pending = []
    for (const { resolve } of pending) resolve()
  }

  #connected(): void {
    this.#hasSocket = true
    this.#isLoggedOut = false
    this.#dispatch((handler) => handler.onConnected())
    if (this.#isEndingSoon) this.warn()
  }

  #kick(type: number): void {
    this.#isLoggedOut = true
    this.#reason = { type }
    this.#dispatch((handler) => handler.onError({ type }))
    this.#dropSocket()
  }

  #dropSocket(): void {
    if (!this.#hasSocket && this.#pending.length === 0 && this.#reason === undefined) return
    this.#hasSocket = false
    const pending = this.#pending
    this.#pending = []
    for (const { reject } of pending) reject(NO_LOGIN)
    queueMicrotask(() => {
      if (!this.#isLogging) this.#dispatch((handler) => handler.onDisconnected(this.#reason))
    })
  }

  async #behave(call: Call, refusal: unknown): Promise<void> {
    const how = this.#how[call]
    // A login that is refused leaves its socket open.
    if (how === 'refuse' && call === 'join') this.#hasSocket = true
    if (how === 'refuse') throw refusal
    if (how === 'ok') return
    await new Promise<void>((resolve, reject) => this.#pending.push({ resolve, reject }))
  }

  #dispatch(tell: (handler: ChatEventHandler) => void): void {
    for (const id of Object.keys(this.#handlers)) {
      const handler = this.#handlers[id]
      if (handler) tell(handler)
    }
  }
}
