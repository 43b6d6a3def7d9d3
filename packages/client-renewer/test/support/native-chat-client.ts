import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { EventEmitter } from 'eventemitter3'
import type { ChatClient } from 'react-native-agora-chat'
import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'

type Call = 'join' | 'renew' | 'leave'
type Reply = Record<string, unknown>

/**
 * A stub of the native half of react-native-agora-chat 1.3 and of the service behind it. Not seen on a phone,
 * but taken from its documentation: a login is refused while there is one; what ends a session is an event
 * of its own, beside the one that the line is down; whether a logout is told as a disconnection is not said,
 * nor whether the end of a token logs out.
 */
class NativeChatHalf {
  readonly given: GivenToken[] = []
  readonly #tell: (event: string, params?: object) => void
  readonly #logsOutAtTheEnd: boolean
  readonly #how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  #user = ''
  #pending: (() => void)[] = []

  constructor(tell: (event: string, params?: object) => void, logsOutAtTheEnd: boolean) {
    this.#tell = tell
    this.#logsOutAtTheEnd = logsOutAtTheEnd
  }

  async callMethod(method: string, args: Record<string, Record<string, string>>): Promise<Reply> {
    const params = args?.[method] ?? {}
    if (method === 'isLoggedInBefore') return { [method]: this.#user !== '' }
    if (method === 'getCurrentUser') return { [method]: this.#user }
    if (method === 'loginWithAgoraToken')
      return this.#login(params['username']!, params['agoratoken']!)
    if (method === 'renewToken') return this.#renew(params['agora_token']!)
    if (method === 'logout') return this.#logout()
    return {}
  }

  async #login(user: string, token: string): Promise<Reply> {
    if (this.#user !== '') return refusal(200, 'The user is already logged in')
    this.given.push({ by: 'join', token, user })
    if (!(await this.#isOk('join'))) return refusal(104, `The token is wrong: ${token}`)
    this.#user = user
    this.#tell('onConnected')
    return { loginWithAgoraToken: { username: user, token } }
  }

  async #renew(token: string): Promise<Reply> {
    if (this.#user === '') return refusal(201, 'The user is not logged in')
    this.given.push({ by: 'renew', token })
    return (await this.#isOk('renew')) ? {} : refusal(104, `The token is wrong: ${token}`)
  }

  async #logout(): Promise<Reply> {
    if (this.#user === '') return refusal(201, 'The user is not logged in')
    this.#user = ''
    this.#tell('onDisconnected')
    return { logout: true }
  }

  driver(client: ChatClient, listenerCount: () => number): SdkDriver {
    const end = (event: string) => {
      this.#user = ''
      this.#tell('onDisconnected')
      this.#tell(event, {})
    }
    return {
      given: this.given,
      listenerCount,
      warn: () => this.#tell('onTokenWillExpire'),
      expire: () => {
        this.#tell('onTokenDidExpire')
        if (this.#logsOutAtTheEnd) this.#user = ''
        this.#tell('onDisconnected')
      },
      expireQuietly: () => {
        this.#tell('onDisconnected')
        this.#tell('onUserAuthenticationFailed')
      },
      dropLine: () => this.#tell('onDisconnected'),
      restoreLine: () => this.#tell('onConnected'),
      userLeaves: () => client.logout(),
      ban: () => end('onUserDidRemoveFromServer'),
      conflict: () => end('onUserDidLoginFromOtherDevice'),
      giveUp: () => end('onAppActiveNumberReachLimit'),
      set: (call, behaviour) => (this.#how[call] = behaviour),
      answer: () => this.#pending.splice(0).forEach((act) => act()),
    }
  }

  async #isOk(call: Call): Promise<boolean> {
    if (this.#how[call] === 'hang') await new Promise<void>((go) => this.#pending.push(go))
    return this.#how[call] !== 'refuse'
  }
}

function refusal(code: number, description: string): Reply {
  return { error: { code, description } }
}

/** The real JavaScript half of react-native-agora-chat, and who plays the rest. */
export interface NativeChat {
  /** A new JavaScript half as an app gets it, on a new native half. */
  readonly start: (logsOutAtTheEnd: boolean) => {
    readonly client: ChatClient
    readonly driver: SdkDriver
    readonly tell: (event: string, params?: object) => void
  }
  readonly remove: () => void
}

/** Copies the JavaScript half to where a `react-native` with the stub in it can be put beside it. */
export function loadNativeChat(): NativeChat {
  const folder = install()
  const load = createRequire(join(folder, 'app.js'))
  return {
    start(logsOutAtTheEnd) {
      for (const file of Object.keys(load.cache))
        if (file.startsWith(folder)) delete load.cache[file]
      const events = new EventEmitter<Record<string, (params?: object) => void>>()
      const tell = (event: string, params?: object) => void events.emit(event, params)
      const native = new NativeChatHalf(tell, logsOutAtTheEnd)
      Object.assign(load('react-native'), reactNative(native, events))
      // Else it prints all that it does.
      load('react-native-agora-chat/common/ChatConst').chatlog.enableLog = false
      const sdk: { readonly ChatClient: typeof ChatClient } = load('react-native-agora-chat')
      const client = sdk.ChatClient.getInstance()
      return { client, tell, driver: native.driver(client, countListeners(client)) }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** What the SDK takes from react-native. */
function reactNative(
  native: NativeChatHalf,
  events: EventEmitter<Record<string, (params?: object) => void>>,
) {
  return {
    Platform: { OS: 'ios', select: (of: { ios: unknown }) => of.ios },
    NativeModules: { ExtSdkApiRN: native },
    NativeEventEmitter: class {
      addListener(event: string, listener: (params?: object) => void) {
        events.on(event, listener)
        return { remove: () => void events.off(event, listener) }
      }
      removeAllListeners(event: string) {
        events.removeAllListeners(event)
      }
    },
  }
}

function countListeners(client: ChatClient): () => number {
  const listeners = new Set<object>()
  const add = client.addConnectionListener.bind(client)
  const remove = client.removeConnectionListener.bind(client)
  client.addConnectionListener = (listener) => {
    listeners.add(listener)
    add(listener)
  }
  client.removeConnectionListener = (listener) => {
    listeners.delete(listener)
    remove(listener)
  }
  return () => listeners.size
}

function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-native-'))
  const modules = join(folder, 'node_modules')
  const main = createRequire(import.meta.url).resolve('react-native-agora-chat')
  cpSync(dirname(main), join(modules, 'react-native-agora-chat'), { recursive: true })
  mkdirSync(join(modules, 'react-native'))
  writeFileSync(join(modules, 'react-native/index.js'), '')
  return folder
}
