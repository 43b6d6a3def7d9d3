import { WebSocket } from 'ws'
import type { Connect } from './memory-network.ts'
import type { Connection, PageLine } from './page-line.ts'

type Handler = ((event: object) => void) | null | undefined

/** A message as an SDK sends it to the gateway. */
export interface SentMessage {
  readonly _id?: string
  readonly _type: string
  readonly _message?: Readonly<Record<string, unknown>>
}

/** The way that the sockets of a page take. */
export interface PageSocketWay {
  readonly connect: Connect
  readonly line: PageLine
  /** Is shown what is sent, and returns what the gateway gets. */
  readonly onSend: (message: SentMessage) => SentMessage
}

/** Makes the `WebSocket` of a page whose network is kept in memory. */
export function pageSocket(way: PageSocketWay): new (url: string) => PageSocket {
  return class extends PageSocket {
    constructor(url: string) {
      super(url, way)
    }
  }
}

class PageSocket implements Connection {
  static readonly OPEN = WebSocket.OPEN
  static readonly CLOSING = WebSocket.CLOSING
  static readonly CLOSED = WebSocket.CLOSED
  readonly url: string
  binaryType = ''
  readyState: number = WebSocket.CONNECTING
  onopen: Handler
  onclose: Handler
  onmessage: Handler
  onerror: Handler
  readonly #way: PageSocketWay
  #socket: WebSocket | undefined

  constructor(url: string, way: PageSocketWay) {
    this.url = url
    this.#way = way
    way.line.whenUp(() => this.#connect())
  }

  send(text: string): void {
    const message = JSON.parse(text) as SentMessage
    this.#way.line.send(message._type, () => {
      if (this.readyState !== WebSocket.OPEN) return
      this.#socket?.send(JSON.stringify(this.#way.onSend(message)))
    })
  }

  close(): void {
    if (this.readyState === WebSocket.CLOSED) return
    this.readyState = WebSocket.CLOSING
    if (this.#socket) this.#socket.close()
    else queueMicrotask(() => this.lose())
  }

  hear(text: string): void {
    this.onmessage?.({ data: text })
  }

  lose(): void {
    if (this.readyState === WebSocket.CLOSED) return
    this.readyState = WebSocket.CLOSED
    this.#way.line.connections.delete(this)
    this.#socket?.terminate()
    this.onclose?.({ code: 1006, reason: '' })
  }

  #connect(): void {
    if (this.readyState !== WebSocket.CONNECTING) return
    const { connect, line } = this.#way
    line.connections.add(this)
    // Any stream will do; the typings ask for a socket.
    const createConnection = connect as () => never
    const socket = new WebSocket(this.url.replace(/^wss/, 'ws'), { createConnection })
    this.#socket = socket
    socket.on('open', () => {
      this.readyState = WebSocket.OPEN
      this.onopen?.({})
    })
    socket.on('message', (data: Buffer) => this.hear(data.toString()))
    socket.on('close', () => this.lose())
    socket.on('error', () => this.lose())
  }
}
