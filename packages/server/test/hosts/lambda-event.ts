import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda'

import { readTarget } from '../../src/http/routes.ts'
import type { WireRequest } from './host-case.ts'

const SOURCE_IP = '203.0.113.9'

/** What API Gateway makes of a request for a REST API: single headers hold the last of several values. */
export function toRestEvent(wire: WireRequest, inBase64: boolean): APIGatewayProxyEvent {
  const [path, query] = partsOf(wire)
  const names = [...new Set(wire.headers.map(([name]) => name))]
  const every = (name: string) => wire.headers.filter(([n]) => n === name).map(([, value]) => value)
  const event: Partial<APIGatewayProxyEvent> = {
    httpMethod: wire.method,
    path,
    headers: Object.fromEntries(wire.headers),
    multiValueHeaders: Object.fromEntries(names.map((name) => [name, every(name)])),
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    multiValueQueryStringParameters: null,
    ...bodyOf(wire, inBase64),
    requestContext: {
      httpMethod: wire.method,
      identity: { sourceIp: SOURCE_IP },
    } as APIGatewayProxyEvent['requestContext'],
  }
  return event as APIGatewayProxyEvent
}

/** What API Gateway makes of a request for an HTTP API, and a function URL of any: values are joined. */
export function toUrlEvent(wire: WireRequest, inBase64: boolean): APIGatewayProxyEventV2 {
  const [path, query] = partsOf(wire)
  const http = {
    method: wire.method,
    path,
    protocol: 'HTTP/1.1',
    sourceIp: SOURCE_IP,
    userAgent: '',
  }
  const { body, isBase64Encoded } = bodyOf(wire, inBase64)
  const event: Partial<APIGatewayProxyEventV2> = {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(new Headers(wire.headers.map(([name, value]) => [name, value]))),
    ...(body === null ? {} : { body }),
    isBase64Encoded,
    requestContext: { http } as APIGatewayProxyEventV2['requestContext'],
  }
  return event as APIGatewayProxyEventV2
}

/** What a load balancer makes of a request: queries as they were sent, and no address but the forwarded one. */
export function toBalancerEvent(wire: WireRequest, inBase64: boolean): ALBEvent {
  const [path, query] = partsOf(wire)
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1' },
    },
    httpMethod: wire.method,
    path,
    queryStringParameters: Object.fromEntries(query.split('&').filter(Boolean).map(pairOf)),
    headers: Object.fromEntries(forwarded(wire)),
    ...bodyOf(wire, inBase64),
  }
}

/** The same where the target group has "Multi value headers" on. */
export function toListingBalancerEvent(wire: WireRequest, inBase64: boolean): ALBEvent {
  const { headers, queryStringParameters, ...event } = toBalancerEvent(wire, inBase64)
  const listed = (of: Readonly<Record<string, string | undefined>> = {}) =>
    Object.fromEntries(Object.entries(of).map(([name, value = '']) => [name, [value]]))
  return {
    ...event,
    multiValueHeaders: listed(headers),
    multiValueQueryStringParameters: listed(queryStringParameters),
  }
}

/** The headers of a request, in small letters, with the caller's address at the end of the forwarded ones. */
function forwarded({ headers }: WireRequest): readonly [string, string][] {
  const sent = new Headers(headers.map(([name, value]) => [name, value]))
  sent.append('x-forwarded-for', SOURCE_IP)
  return [...sent]
}

function pairOf(pair: string): [string, string] {
  const [name = '', ...value] = pair.split('=')
  return [name, value.join('=')]
}

function partsOf({ target }: WireRequest): [path: string, query: string] {
  const { path, query } = readTarget(target)
  return [path, query]
}

function bodyOf({ chunks }: WireRequest, inBase64: boolean) {
  const body = Buffer.concat(chunks)
  const encoded = body.toString(inBase64 ? 'base64' : 'utf8')
  return { body: body.length === 0 ? null : encoded, isBase64Encoded: inBase64 && body.length > 0 }
}
