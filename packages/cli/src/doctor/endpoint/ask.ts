import { isProblemDocument, PROBLEM_STATUS } from '@rtc-token/core/contract'

/** A request to the endpoint. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** The response, as far as it is read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; `undefined` if it is not JSON. */
  readonly json: unknown
  /** When it arrived, in Unix seconds. */
  readonly at: number
}

/** Why there is no usable response. */
export type Silence =
  | 'no connection'
  | 'no answer'
  | 'endless'
  | 'too large'
  | 'elsewhere'
  | 'over budget'

/** The endpoint gave no usable response, so the checks end. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly silence: Silence

  constructor(silence: Silence) {
    super(silence)
    this.silence = silence
  }
}

/** Limits for the requests to an endpoint. */
export interface Bounds {
  readonly requests: number
  readonly totalMs: number
}

const EACH_MS = 2500
const MOST_BYTES = 65_536

/** Sends requests to an endpoint, one at a time, within limits. */
export class Asker {
  /** The number of requests sent. */
  count = 0
  /** The number of requests answered. */
  answered = 0
  readonly #bounds: Bounds
  readonly #start = performance.now()

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  /** @throws {NoAnswer} */
  async ask(ask: Ask): Promise<Answer> {
    const response = await this.#send(ask)
    const next = redirectOf(ask.url, response)
    // Servers often redirect to add a slash. The credential is not sent to another origin.
    return next === undefined ? response : this.#send({ ...ask, url: next })
  }

  async #send({ url, ...init }: Ask): Promise<Answer> {
    const left = this.#bounds.totalMs - (performance.now() - this.#start)
    if (this.count >= this.#bounds.requests || left <= 0) throw new NoAnswer('over budget')
    this.count++
    const signal = AbortSignal.timeout(Math.min(EACH_MS, left))
    const send = () => fetch(url, { ...init, redirect: 'manual', signal })
    // The server may have closed the open connection meanwhile, so retry once on a new one.
    const response = await answered(() => (this.answered > 0 ? send().catch(send) : send()))
    const text = await readBounded(response)
    this.answered++
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: jsonOf(text),
      at: Date.now() / 1000,
    }
  }
}

async function answered(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send()
  } catch (error) {
    throw new NoAnswer(isTimeout(error) ? 'no answer' : 'no connection')
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  try {
    for (;;) {
      const read = await reader?.read()
      if (!read || read.done) return new TextDecoder().decode(Buffer.concat(chunks))
      length += read.value.length
      if (length > MOST_BYTES) break
      chunks.push(read.value)
    }
  } catch (error) {
    throw new NoAnswer(isTimeout(error) ? (length > 0 ? 'endless' : 'no answer') : 'no connection')
  }
  await reader?.cancel().catch(() => undefined)
  throw new NoAnswer('too large')
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}

/** The target of a redirect within the same origin; `undefined` without one. @throws {NoAnswer} for another origin */
function redirectOf(url: string, { status, headers }: Answer): string | undefined {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null) return undefined
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined
  if (target?.origin !== new URL(url).origin) throw new NoAnswer('elsewhere')
  return target.href
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The code of a refusal, if the contract has it. Nothing else from the server is repeated. */
export function problemCode({ json }: Answer): string | undefined {
  return isProblemDocument(json) && Object.hasOwn(PROBLEM_STATUS, json.code) ? json.code : undefined
}
