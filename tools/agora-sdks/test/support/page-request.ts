import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Connect } from './memory-network.ts'
import type { PageLine } from './page-line.ts'

/** The way that the requests of a page take. */
export interface PageRequestWay {
  readonly connect: Connect
  readonly line: PageLine
  /** Is shown what the access point is asked, as JSON, and returns what it gets. */
  readonly onAsk: (json: string) => string
}

/** Makes the `XMLHttpRequest` of a page whose network is kept in memory. */
export function pageRequest(way: PageRequestWay): new () => PageRequest {
  return class extends PageRequest {
    constructor() {
      super(way)
    }
  }
}

class PageRequest {
  readonly upload = { addEventListener(): void {} }
  readyState = 0
  status = 0
  response = ''
  responseText = ''
  onload: (() => void) | undefined
  onreadystatechange: (() => void) | undefined
  onloadend: (() => void) | null = null
  readonly #way: PageRequestWay
  #method = ''
  #url = ''
  #isAborted = false

  constructor(way: PageRequestWay) {
    this.#way = way
  }

  open(method: string, url: string): void {
    this.#method = method
    this.#url = url
  }

  setRequestHeader(): void {}
  addEventListener(): void {}

  getAllResponseHeaders(): string {
    return 'content-type: application/json'
  }

  send(body: unknown): void {
    const json = body instanceof FormData ? body.get('request') : undefined
    this.#way.line.whenUp(() => this.#send(typeof json === 'string' ? json : undefined))
  }

  abort(): void {
    this.#isAborted = true
  }

  #send(json: string | undefined): void {
    if (this.#isAborted) return
    const { connect, onAsk } = this.#way
    const { host, pathname, search } = new URL(this.#url)
    const asked = request({
      createConnection: connect,
      method: this.#method,
      path: pathname + search,
      headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    })
    asked.on('response', (answer) => {
      void text(answer).then((it) => this.#hear(answer.statusCode ?? 0, it))
    })
    // Of the forms that the service reads, this is one that can be written in a line.
    asked.end(json && new URLSearchParams({ request: onAsk(json) }).toString())
  }

  #hear(status: number, answer: string): void {
    if (this.#isAborted) return
    Object.assign(this, { readyState: 4, status, response: answer, responseText: answer })
    this.onreadystatechange?.()
    this.onload?.()
    this.onloadend?.()
  }
}
