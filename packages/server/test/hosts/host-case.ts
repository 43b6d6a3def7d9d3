import type { ProblemCode } from '@rtc-token/core/contract'

/** A piece of a body. */
type Bytes = string | Uint8Array

/** One request and what every host must answer. */
export interface HostCase {
  readonly name: string
  readonly method?: string
  /** What follows the prefix at which the host mounts the handler. Default `/v1/tokens`. */
  readonly path?: string
  /** Written before the path, as if the host were a proxy. */
  readonly origin?: string
  /** On top of the usual ones: a list is sent as several, `null` takes one away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>
  /** A list is sent in chunks, without a content-length. Default: a request that is granted. */
  readonly body?: Bytes | readonly Bytes[]
  readonly status: number
  /** For all but a token. */
  readonly code?: ProblemCode
  /** Hosts that may refuse this by themselves, in their own words. */
  readonly differs?: readonly HostTrait[]
}

/**
 * What a host does to a request before the handler sees it: `parses-json` as `express.json()` does,
 * `decodes-text` as API Gateway does, `parses-media-type` as Fastify does, `parses-target` as workerd
 * does, behind whose edge no request for a foreign host ever comes, `passes-on` as Express does, where
 * requests for other paths are the app's.
 */
export type HostTrait =
  | 'parses-json'
  | 'decodes-text'
  | 'parses-media-type'
  | 'parses-target'
  | 'passes-on'

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly chunks: readonly Uint8Array[]
  readonly isChunked: boolean
}

/** An answer as it came over the wire. */
export interface WireReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The id under which every case is sent. */
export const REQUEST_ID = 'host-case.1'
const GRANTED = JSON.stringify({ channel: 'room-42', uid: 1234, role: 'publisher', ttl: 900 })
const HEADERS = {
  host: 'localhost',
  'content-type': 'application/json',
  authorization: 'Bearer alice',
  'x-request-id': REQUEST_ID,
}

/** Writes a case out for a host that mounts the handler at a prefix. */
export function toWire(hostCase: HostCase, prefix: string): WireRequest {
  const { method = 'POST', origin = '', path = '/v1/tokens' } = hostCase
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method)
  const { body = hasBody ? GRANTED : '' } = hostCase
  const isChunked = Array.isArray(body)
  const chunks = [body].flat().map((piece) => Buffer.from(piece))
  const length = hasBody && !isChunked ? { 'content-length': String(chunks[0]!.length) } : {}
  const coding = isChunked ? { 'transfer-encoding': 'chunked' } : length
  const headers = listed({ ...HEADERS, ...coding, ...hostCase.headers })
  return { method, target: origin + prefix + path, headers, chunks, isChunked }
}

function listed(headers: Readonly<Record<string, string | readonly string[] | null>>) {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as const),
  )
}
