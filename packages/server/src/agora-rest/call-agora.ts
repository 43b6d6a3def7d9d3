import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { isA } from '../errors/thrown.ts'
import { readStream } from '../http/body.ts'
import { withDeadline } from '../time/deadline.ts'
import { AgoraRestError, type AgoraRestErrorCode, type AgoraRestFault } from './agora-rest-error.ts'
import { memoryPace, type RestPace } from './rest-pace.ts'

/** One call. @internal */
export interface AgoraCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Includes the query. */
  readonly path: string
  readonly body?: object
}

/** The connection to Agora's API. @internal */
export interface AgoraLine {
  readonly hosts: readonly string[]
  /** The header `Authorization`. */
  readonly authorization: string
  /** Masked in every error message. */
  readonly secrets: readonly string[]
  readonly fetch: typeof globalThis.fetch
  /** Time limit for each host. */
  readonly timeoutMs: number
  readonly pace: RestPace
  readonly sleep: (ms: number) => Promise<void>
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

const CODES: Readonly<Record<number, AgoraRestErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
}
const MAX_BYTES = 4_194_304
const MAX_PACE_MS = 10_000
const PACE_STORE_MS = 250
// The caller decides about a longer wait.
const MAX_RETRY_AFTER = 5

/** Makes the function that calls Agora. @internal */
export function createCall(line: AgoraLine): (call: AgoraCall) => Promise<JsonObject> {
  const spare = memoryPace()
  // Agora's advice for a failing host: https://docs.agora.io/en/voice-calling/channel-management-api/best-practices/ensure-service-reliability
  return async (call) => {
    let failure: unknown
    for (const host of line.hosts) {
      try {
        return await askPatiently(line, spare, host, call)
      } catch (error) {
        if (!isOfHost(error)) throw error
        failure = error
      }
    }
    throw failure
  }
}

function isOfHost(error: unknown): boolean {
  return isA(error, AgoraRestError) && (error.code === 'unavailable' || error.code === 'timeout')
}

/** Retries once if Agora asks for a short wait. */
async function askPatiently(
  line: AgoraLine,
  spare: RestPace,
  host: string,
  call: AgoraCall,
): Promise<JsonObject> {
  await waitForTurn(line, spare)
  try {
    return await ask(line, host, call)
  } catch (error) {
    const seconds = isA(error, AgoraRestError) ? error.retryAfter : undefined
    if (seconds === undefined || seconds > MAX_RETRY_AFTER) throw error
    await line.sleep(seconds * 1000)
    await waitForTurn(line, spare)
    return ask(line, host, call)
  }
}

async function waitForTurn({ pace, sleep }: AgoraLine, spare: RestPace): Promise<void> {
  const waitMs = await turnOf(pace, spare)
  if (waitMs === undefined) {
    const retryAfter = MAX_PACE_MS / 1000
    throw new AgoraRestError('paced', 'Too many calls are waiting: 10 a second are allowed', {
      retryAfter,
    })
  }
  if (waitMs > 0) await sleep(waitMs)
}

// While the store is unavailable, each process keeps its own pace: a ban must not wait for Redis.
async function turnOf(pace: RestPace, spare: RestPace): Promise<number | undefined> {
  try {
    const turn = Promise.resolve(pace.turn(MAX_PACE_MS))
    return await withDeadline(PACE_STORE_MS, turn, (reject) => reject(new Error('pace')))
  } catch {
    return spare.turn(MAX_PACE_MS)
  }
}

async function ask(line: AgoraLine, host: string, call: AgoraCall): Promise<JsonObject> {
  const { method, path, body } = call
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: line.authorization,
  }
  try {
    const response = await line.fetch(host + path, {
      method,
      headers,
      // A redirect must not send the credentials to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(line.timeoutMs),
      ...(body && { body: JSON.stringify(body) }),
    })
    return await read(line, response)
  } catch (error) {
    throw isA(error, AgoraRestError) ? error : lost(line, error)
  }
}

function lost({ timeoutMs }: AgoraLine, cause: unknown): AgoraRestError {
  const isLate = isA(cause, Error) && cause.name === 'TimeoutError'
  if (isLate) return new AgoraRestError('timeout', `No answer within ${timeoutMs} ms`, { cause })
  return new AgoraRestError('unavailable', 'Agora could not be reached', { cause })
}

async function read(line: AgoraLine, response: Response): Promise<JsonObject> {
  const bytes = await readStream(response.body?.getReader(), MAX_BYTES)
  const json = parse(bytes)
  if (response.ok && isJsonObject(json)) return json
  const { status } = response
  const requestId = response.headers.get('x-request-id')
  const fault = {
    status,
    ...platformFault(line, json),
    ...(requestId && { requestId }),
    ...retryOf(line, response.headers),
  }
  const said = fault.platformMessage === undefined ? '' : `: ${fault.platformMessage}`
  throw new AgoraRestError(codeOf(status), `Agora answered ${status}${said}`, fault)
}

function codeOf(status: number): AgoraRestErrorCode {
  return CODES[status] ?? (status >= 500 ? 'unavailable' : 'unreadable')
}

function parse(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function platformFault({ secrets }: AgoraLine, json: unknown): AgoraRestFault {
  if (!isJsonObject(json)) return {}
  const { code, message, reason } = json
  const text = message ?? reason
  const hidden = (said: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '[hidden]'), said).slice(0, 300)
  return {
    ...(typeof code === 'string' && { platformCode: hidden(code) }),
    ...(typeof code === 'number' && { platformCode: code }),
    ...(typeof text === 'string' && { platformMessage: hidden(text) }),
  }
}

function retryOf({ clock }: AgoraLine, headers: Headers): { readonly retryAfter?: number } {
  const text = headers.get('retry-after') ?? ''
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - clock()) / 1000
  return Number.isFinite(seconds) ? { retryAfter: Math.max(0, Math.ceil(seconds)) } : {}
}
