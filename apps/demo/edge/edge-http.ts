import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessPoint } from './access-point.ts'
import { readAccessRequest } from './access-request.ts'
import { isRecord } from './json-record.ts'
import { readBody } from './read-body.ts'
import { stableNumber } from './stable-number.ts'

/** Where a request was meant to go, whatever server it reached. */
export interface EdgeTarget {
  /** A host of the platform, such as `webrtc2-ap-web-1.agora.io`. */
  readonly host: string
  /** Path and query, such as `/api/v1?action=stringuid`. */
  readonly path: string
}

/** An HTTP answer: a status and what is sent as JSON. */
interface Answer {
  readonly status: number
  readonly json: object
}

const MALFORMED: Answer = { status: 400, json: {} }
const STRING_UID_INVALID = 9_010_002

/** Answers the SDK's HTTP requests: access point, numbers for accounts, and noise. */
export async function answerHttp(
  accessPoint: AccessPoint,
  request: IncomingMessage,
  response: ServerResponse,
  target: EdgeTarget,
): Promise<void> {
  const origin = request.headers.origin ?? '*'
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? '*',
  )
  const { status, json } = await answerTo(accessPoint, request, target.path)
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(json))
}

async function answerTo(
  accessPoint: AccessPoint,
  request: IncomingMessage,
  path: string,
): Promise<Answer> {
  if (request.method !== 'POST') return { status: 200, json: {} }
  const body = await readBody(request)
  if (body === undefined) return { status: 413, json: {} }
  const { pathname, searchParams } = new URL(path, 'http://edge')
  if (pathname === '/api/v2/transpond/webrtc') {
    const access = await readAccessRequest(body, request.headers['content-type'] ?? '')
    return access === undefined ? MALFORMED : { status: 200, json: accessPoint(access) }
  }
  const wantsNumber = pathname === '/api/v1' && searchParams.get('action') === 'stringuid'
  return wantsNumber ? numberFor(body) : { status: 200, json: {} }
}

// One number an account in every run, so that a restart of the edge confuses nobody.
function numberFor(body: Uint8Array): Answer {
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
