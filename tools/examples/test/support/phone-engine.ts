import { verifyToken } from '@rtc-token/core'

type Call = { readonly funcName: string; readonly params: string }
type Params = Record<'token' | 'channelId' | 'appId', string> & {
  readonly uid: number
  readonly context: { readonly appId: string }
  readonly options: { readonly publishMicrophoneTrack: boolean }
}
type Project = { readonly appId: string; readonly appCertificate: string }

const STATE = { disconnected: 1, connecting: 2, connected: 3, failed: 5 }
const REASON = { joined: 1, left: 5, tokenInvalid: 8, tokenExpired: 9, renewed: 12, back: 15 }
const INVALID = 3

/**
 * Stands in for the native half of react-native-agora, and for Agora's service behind it, in one channel:
 * takes calls as JSON, tells events as JSON, checks each token with core and ends what has expired.
 */
export class PhoneEngine {
  readonly #project: Project
  readonly #warnSeconds: number
  /** What has happened, in order. */
  readonly seen: string[] = []
  #state = STATE.disconnected
  #connection = { channelId: '', localUid: 0 }
  #timers: NodeJS.Timeout[] = []
  #emit: (event: object) => void = () => {}

  constructor(project: Project, warnSeconds: number) {
    this.#project = project
    this.#warnSeconds = warnSeconds
  }

  /** What the JavaScript half finds as its native module. */
  moduleFor(emit: (event: object) => void): object {
    this.#emit = emit
    return {
      newIrisApiEngine: () => true,
      callApi: ({ funcName, params }: Call) => {
        const name = funcName.replace(/^RtcEngine_|_[0-9a-f]{7}$/g, '')
        return JSON.stringify({ result: this.#call(name, JSON.parse(params)) })
      },
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #call(name: string, params: Params): number | string {
    if (name === 'getVersion') return '4.6.4'
    if (name === 'getConnectionState') return this.#state
    if (name === 'initialize') this.#note(`for ${params.context.appId}`)
    if (name === 'joinChannel') return this.#join(params)
    if (name === 'renewToken') return this.#renew(params)
    if (name === 'leaveChannel') return this.#leave()
    return 0
  }

  #join({ token, channelId, uid, options }: Params): number {
    if (this.#state !== STATE.disconnected) return -17
    this.#connection = { channelId, localUid: uid }
    this.#change(STATE.connecting, 0)
    setImmediate(() => {
      if (!this.#isTaken(token)) return this.#change(STATE.failed, REASON.tokenInvalid)
      this.#change(STATE.connected, REASON.joined)
      this.#note(`joined as ${uid} to ${options.publishMicrophoneTrack ? 'speak' : 'listen'}`)
      this.#tell('onJoinChannelSuccess', { elapsed: 0 })
    })
    return 0
  }

  #renew({ token }: Params): number {
    if (this.#state === STATE.disconnected) return -2
    setImmediate(() => {
      const isTaken = this.#isTaken(token)
      this.#note(isTaken ? 'renewed' : 'refused')
      this.#tell('onRenewTokenResult', { token, code: isTaken ? 0 : INVALID })
      if (isTaken && this.#state === STATE.failed) this.#comeBack()
    })
    return 0
  }

  #comeBack(): void {
    this.#change(STATE.connecting, REASON.renewed)
    this.#change(STATE.connected, REASON.back)
    this.#note('back')
    this.#tell('onRejoinChannelSuccess', { elapsed: 0 })
  }

  #leave(): number {
    this.stop()
    setImmediate(() => {
      this.#note('left')
      this.#change(STATE.disconnected, REASON.left)
      this.#tell('onLeaveChannel', { stats: {} })
    })
    return 0
  }

  /** Takes a token that the service would take, until its end. */
  #isTaken(token: string): boolean {
    const { channelId: channel, localUid: uid } = this.#connection
    try {
      const { expiresAt } = verifyToken(token, { ...this.#project, channel, uid })
      this.#takeUntil(expiresAt * 1000 - Date.now(), token)
      return true
    } catch {
      return false
    }
  }

  #takeUntil(endMs: number, token: string): void {
    this.stop()
    const warn = () => this.#tell('onTokenPrivilegeWillExpire', { token })
    const end = () => {
      this.#state = STATE.failed
      this.#note('expired')
      this.#tell('onRequestToken', {})
      this.#change(STATE.failed, REASON.tokenExpired)
    }
    this.#timers = [setTimeout(warn, endMs - this.#warnSeconds * 1000), setTimeout(end, endMs)]
  }

  #change(state: number, reason: number): void {
    this.#state = state
    this.#tell('onConnectionStateChanged', { state, reason })
  }

  #tell(name: string, more: object): void {
    const data = JSON.stringify({ connection: this.#connection, ...more })
    this.#emit({ event: `RtcEngineEventHandler_${name}_263e4cd`, data, buffers: [] })
  }

  #note(what: string): void {
    this.seen.push(what)
  }
}
