import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessPoint } from './access-point.ts'
import { readAccessRequest } from './access-request.ts'
import type { FaultBoard } from '../control/faults.ts'
import { isRestHost, type RestApi } from '../management/rest-api.ts'
import type { RestAnswer } from '../management/rest-options.ts'
import { isRecord } from '../platform/json-record.ts'
import { readBody } from '../platform/read-body.ts'
import { stableNumber } from '../platform/stable-number.ts'
import { wait } from '../platform/wait.ts'

/** Where a request was meant to go, before it was routed here. */
export interface EdgeTarget {
  /** A host of the platform, such as `webrtc2-ap-web-1.agora.io`. */
  readonly host: string
  /** Path and query, such as `/api/v1?action=stringuid`. */
  readonly path: string
}

/** Who answers over HTTP, and what may go wrong there. */
export interface EdgeHttpOptions {
  readonly accessPoint: AccessPoint
  readonly faults: FaultBoard
  readonly restApi: RestApi
}

/** An HTTP answer: a status and what is sent as JSON. In its place `undefined` breaks off. */
type Answer = RestAnswer

const NOTHING: Answer = { status: 200, json: {} }
const MALFORMED: Answer = { status: 400, json: {} }
const TOO_LONG: Answer = { status: 413, json: {} }
const STRING_UID_INVALID = 9_010_002

/** Answers the SDK's HTTP requests: access point, numbers for accounts, and noise. */
export async function answerHttp(
  options: EdgeHttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
  target: EdgeTarget,
): Promise<void> {
  const answer = await answerTo(options, request, target)
  if (answer === undefined) {
    request.socket.destroy()
    return
  }
  response.writeHead(answer.status, {
    ...corsFor(request, target),
    'content-type': 'application/json',
  })
  response.end(JSON.stringify(answer.json))
}

async function answerTo(
  options: EdgeHttpOptions,
  request: IncomingMessage,
  { host, path }: EdgeTarget,
): Promise<Answer | undefined> {
  if (isRestHost(host)) return answerRest(options, request, path)
  return request.method === 'POST' ? answerPost(options, request, path) : NOTHING
}

async function answerRest(
  { restApi }: EdgeHttpOptions,
  request: IncomingMessage,
  path: string,
): Promise<Answer> {
  const { method = '', headers } = request
  const body = await readBody(request)
  if (body === undefined) return TOO_LONG
  return restApi({ method, path, authorization: headers.authorization ?? '', body })
}

async function answerPost(
  { accessPoint, faults }: EdgeHttpOptions,
  request: IncomingMessage,
  path: string,
): Promise<Answer | undefined> {
  const body = await readBody(request)
  if (body === undefined) return TOO_LONG
  const { pathname, searchParams } = new URL(path, 'http://edge')
  if (pathname === '/api/v2/transpond/webrtc') {
    const access = await readAccessRequest(body, request.headers['content-type'] ?? '')
    if (access === undefined) return MALFORMED
    const json = await accessPoint(access)
    return json && { status: 200, json }
  }
  const wantsNumber = pathname === '/api/v1' && searchParams.get('action') === 'stringuid'
  return wantsNumber ? numberFor(body, faults) : NOTHING
}

// One number an account in every run, so that a restart of the edge changes no user's number.
async function numberFor(body: Uint8Array, faults: FaultBoard): Promise<Answer | undefined> {
  // Faults for some do not reach so far: no channel is known yet.
  const { cutAccessPoint, answerDelayMs } = faults.of()
  if (cutAccessPoint) return undefined
  if (answerDelayMs > 0) await wait(answerDelayMs)
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body))
    const account = isRecord(json) ? json['string_uid'] : undefined
    return typeof account === 'string' && account !== ''
      ? { status: 200, json: { code: 0, uid: stableNumber(account) } }
      : { status: 200, json: { code: STRING_UID_INVALID } }
  } catch {
    return MALFORMED
  }
}

// The REST API is for servers: no page may read its answers.
function corsFor({ headers }: IncomingMessage, { host }: EdgeTarget): Record<string, string> {
  if (isRestHost(host)) return {}
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
  }
}
