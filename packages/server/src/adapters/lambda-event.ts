import { isHeaderName } from '../checks/kind.ts'
import { isHost } from '../http/routes.ts'
import { plainAddress } from './trust-proxy.ts'

/** An event of API Gateway (REST or HTTP API), a function URL or a load balancer. */
export interface LambdaEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined
  readonly multiValueHeaders?:
    | Readonly<Record<string, readonly string[] | undefined>>
    | null
    | undefined
  readonly body?: string | null
  readonly isBase64Encoded: boolean
  readonly requestContext: object
}

/** Members that not all event formats have. */
interface EventMembers {
  readonly httpMethod?: string
  readonly path?: string
  readonly queryStringParameters?: Query
  readonly multiValueQueryStringParameters?: Query
  readonly rawPath?: string
  readonly rawQueryString?: string
  readonly cookies?: readonly string[]
  readonly requestContext: {
    readonly http?: { readonly method?: string; readonly sourceIp?: string }
    readonly identity?: { readonly sourceIp?: string }
    /** Present for an Application Load Balancer. */
    readonly elb?: object
  }
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>> | null

/** The content of an event, the same for both formats. @internal */
export interface EventParts {
  readonly method: string
  readonly target: string
  readonly headers: Headers
  readonly body: Uint8Array
  readonly sourceIp: string | undefined
  /** Whether the reply must list its headers: a load balancer with "Multi value headers" reads no others. */
  readonly listsHeaders: boolean
}

// A header with an invalid value is left out; the request still goes on.
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/** Reads an event. @internal */
export function partsOf(event: LambdaEvent): EventParts {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all members of both formats are optional
  const given = event as LambdaEvent & EventMembers
  const { http, identity, elb } = given.requestContext
  const path = given.path ?? given.rawPath ?? '/'
  const query = given.rawQueryString ?? queryOf(given)
  const headers = headersOf(given)
  return {
    method: given.httpMethod ?? http?.method ?? 'GET',
    target: (path.startsWith('/') ? path : `/${path}`) + (query && `?${query}`),
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceIp: http?.sourceIp ?? identity?.sourceIp ?? (elb && lastForwarded(headers)),
    listsHeaders: elb !== undefined && given.headers == null,
  }
}

/** A load balancer reports the caller's address only by appending it. */
function lastForwarded(headers: Headers): string | undefined {
  return plainAddress(headers.get('x-forwarded-for')?.split(',').at(-1) ?? '')
}

/** Makes a `Request` for the hooks, without the body, which hooks must not read. @internal */
export function requestOf({ method, target, headers }: EventParts): Request {
  const host = headers.get('host') ?? ''
  const request = new Request(`https://${isHost(host) ? host : 'localhost'}${target}`, { headers })
  // `new Request()` throws for TRACE, which must be answered like any other unsupported method.
  return Object.defineProperty(request, 'method', { value: method })
}

function headersOf(event: LambdaEvent & EventMembers): Headers {
  const headers = new Headers()
  const cookies = event.cookies?.length ? { cookie: event.cookies } : {}
  const every = { ...event.headers, ...event.multiValueHeaders, ...cookies }
  for (const [name, sent = ''] of Object.entries(every)) {
    const value = [sent].flat().join(name.toLowerCase() === 'cookie' ? '; ' : ', ')
    if (isHeaderName(name) && HEADER_VALUE.test(value)) headers.set(name, value)
  }
  return headers
}

function queryOf(event: EventMembers): string {
  const every = { ...event.queryStringParameters, ...event.multiValueQueryStringParameters }
  const pairs = Object.entries(every).flatMap(([name, values = '']) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
  // A load balancer passes a query as it was sent, API Gateway without its escapes.
  if (event.requestContext.elb) return pairs.map((pair) => pair.join('=')).join('&')
  return new URLSearchParams(pairs).toString()
}
