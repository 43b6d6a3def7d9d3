import { NativeEmitter } from './native-emitter.ts'

type RequestInit = Readonly<{ headers: [string, string][]; method: string; redirect: 'follow' }>

/** The native half of a response of `expo/fetch`; the JavaScript half extends it. */
class NativeResponse extends NativeEmitter {
  #reply = new Response()

  take(reply: Response): void {
    this.#reply = reply
  }

  get status(): number {
    return this.#reply.status
  }

  get statusText(): string {
    return this.#reply.statusText
  }

  get _rawHeaders(): [string, string][] {
    return [...this.#reply.headers]
  }

  text(): Promise<string> {
    return this.#reply.text()
  }
}

/** The native half of a request of `expo/fetch`, over the network of this machine. */
class NativeRequest extends NativeEmitter {
  readonly #controller = new AbortController()
  readonly #response: NativeResponse

  constructor(response: NativeResponse) {
    super()
    this.#response = response
  }

  async start(url: string, init: RequestInit, body: Uint8Array<ArrayBuffer> | null) {
    const { signal } = this.#controller
    this.#response.take(await fetch(url, { ...init, signal, body }))
  }

  cancel(): void {
    this.#controller.abort()
  }
}

/**
 * What Expo's JavaScript half of `fetch` is built on.
 *
 * @param sent - gets the URL of each request
 */
export function expoFetchModule(sent: string[]): object {
  class Request extends NativeRequest {
    override start(url: string, init: RequestInit, body: Uint8Array<ArrayBuffer> | null) {
      sent.push(url)
      return super.start(url, init, body)
    }
  }
  return { NativeRequest: Request, NativeResponse }
}
