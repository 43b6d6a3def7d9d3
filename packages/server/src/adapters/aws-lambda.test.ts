import { setImmediate } from 'node:timers/promises'

import type {
  ALBHandler,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLHandler,
} from 'aws-lambda'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import { testEndpoint } from '../../test/support/token-endpoint.ts'
import { allow } from '../policy/policy.ts'
import type { TokenHandler } from '../token-handler.ts'
import {
  type LambdaContext,
  type LambdaEvent,
  type LambdaFunction,
  toLambdaHandler,
} from './aws-lambda.ts'
import type { TrustProxy } from './trust-proxy.ts'

const CONTEXT = {} as LambdaContext
const EVENT = {
  version: '2.0',
  rawPath: '/v1/tokens',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', authorization: 'Bearer alice' },
  body: JSON.stringify({ channel: 'room-42', uid: 1234 }),
  isBase64Encoded: false,
  requestContext: { http: { method: 'POST', sourceIp: '198.51.100.4' } },
}
const REST_EVENT = {
  httpMethod: 'POST',
  path: '/v1/tokens',
  body: EVENT.body,
  isBase64Encoded: false,
  requestContext: { identity: { sourceIp: '198.51.100.4' } },
}

describe('toLambdaHandler', () => {
  it('fits where the types of AWS want a function', () => {
    expectTypeOf<LambdaFunction>().toExtend<APIGatewayProxyHandler>()
    expectTypeOf<LambdaFunction>().toExtend<APIGatewayProxyHandlerV2>()
    expectTypeOf<LambdaFunction>().toExtend<LambdaFunctionURLHandler>()
    expectTypeOf<LambdaFunction>().toExtend<ALBHandler>()
  })

  it('answers with a status, headers and text', async () => {
    const reply = await toLambdaHandler(testEndpoint().handler)(EVENT, CONTEXT)
    expect(reply).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(reply.body)).toMatchObject({ channel: 'room-42', uid: 1234 })
  })

  it.each([null, undefined])(
    'answers an event of a REST API whose headers are %s',
    async (none) => {
      const { handler } = testEndpoint()
      const event = { ...REST_EVENT, headers: none, multiValueHeaders: none } as LambdaEvent
      expect(await toLambdaHandler(handler)(event, CONTEXT)).toMatchObject({ statusCode: 415 })
    },
  )

  it('reads headers that come as lists only', async () => {
    const multiValueHeaders = {
      'content-type': ['application/json'],
      authorization: ['Bearer alice'],
    }
    const event = { ...REST_EVENT, multiValueHeaders }
    expect(await toLambdaHandler(testEndpoint().handler)(event, CONTEXT)).toMatchObject({
      statusCode: 200,
    })
  })

  it('reads cookies that come in several headers as one list', async () => {
    const authenticate = vi.fn(() => null)
    const multiValueHeaders = {
      'content-type': ['application/json'],
      Cookie: ['a=1; b=2', 'c=3'],
    }
    const event = { ...REST_EVENT, multiValueHeaders }
    await toLambdaHandler(testEndpoint({ authenticate }).handler)(event, CONTEXT)
    const [request] = authenticate.mock.calls[0] as unknown as [Request]
    expect(request.headers.get('cookie')).toBe('a=1; b=2; c=3')
  })

  it.each(['GET', 'HEAD'])('answers a %s that has a body', async (method) => {
    const event = { ...EVENT, requestContext: { http: { method } } }
    expect(await toLambdaHandler(testEndpoint().handler)(event, CONTEXT)).toMatchObject({
      statusCode: 405,
    })
  })

  it('leaves out a header that cannot be one', async () => {
    const event = { ...EVENT, headers: { ...EVENT.headers, 'x-name': 'a\nb', 'x-coin': '€' } }
    expect(await toLambdaHandler(testEndpoint().handler)(event, CONTEXT)).toMatchObject({
      statusCode: 200,
    })
  })

  it.each<[TrustProxy | undefined, string]>([
    [undefined, '198.51.100.4'],
    [['198.51.100.4'], '203.0.113.7'],
    [['198.51.100.5'], '198.51.100.4'],
  ])('trusting %j, tells the policy the address %s', async (trustProxy, ip) => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authorize })
    const headers = { ...EVENT.headers, 'x-forwarded-for': '203.0.113.7' }
    const options = trustProxy === undefined ? {} : { trustProxy }
    await toLambdaHandler(handler, options)({ ...EVENT, headers }, CONTEXT)
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ ip }))
  })

  // AWS appends the address that it says itself.
  it.each<[TrustProxy, string, string]>([
    [1, '203.0.113.8, 203.0.113.7, 198.51.100.4', '203.0.113.7'],
    [1, '198.51.100.4', '198.51.100.4'],
    [['198.51.100.0/24'], '203.0.113.7:5678, 198.51.100.4', '203.0.113.7'],
    [['198.51.100.0/24'], '203.0.113.7,::ffff:c633:6404', '203.0.113.7'],
    [false, '203.0.113.7, 198.51.100.4', '198.51.100.4'],
  ])('trusting %j, of the forwarded %j believes %j', async (trustProxy, forwarded, ip) => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authorize })
    const headers = { ...EVENT.headers, 'X-Forwarded-For': forwarded }
    await toLambdaHandler(handler, { trustProxy })({ ...EVENT, headers }, CONTEXT)
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ ip }))
  })

  it('lists the headers of its reply for a load balancer that lists them', async () => {
    const { body, isBase64Encoded, headers } = EVENT
    const requestContext = { elb: { targetGroupArn: 'arn' } }
    const event = { httpMethod: 'GET', path: '/v1/tokens', body, isBase64Encoded, requestContext }
    const lambda = toLambdaHandler(testEndpoint().handler)
    const single = await lambda({ ...event, headers: { ...headers } }, CONTEXT)
    expect(single).toMatchObject({ statusCode: 405, headers: { allow: 'POST' } })
    expect(single.multiValueHeaders).toBeUndefined()
    const listed = await lambda({ ...event, multiValueHeaders: {} }, CONTEXT)
    expect(listed.multiValueHeaders).toMatchObject({ allow: ['POST'] })
    expect(listed).toMatchObject({ statusCode: 405, isBase64Encoded: false })
    expect(listed.headers).toBeUndefined()
  })

  it('reads a query that a load balancer passes as it was sent', async () => {
    const authenticate = vi.fn(() => null)
    const { body, isBase64Encoded, headers } = EVENT
    const event = {
      httpMethod: 'POST',
      path: '/v1/tokens',
      body,
      isBase64Encoded,
      headers,
      queryStringParameters: { a: 'x%26y', b: '%20' },
      requestContext: { elb: { targetGroupArn: 'arn' } },
    }
    await toLambdaHandler(testEndpoint({ authenticate }).handler)(event, CONTEXT)
    const [request] = authenticate.mock.calls[0] as unknown as [Request]
    expect(new URL(request.url).search).toBe('?a=x%26y&b=%20')
  })

  it('answers once everything is done that follows the reply', async () => {
    const { handler } = testEndpoint()
    const order: string[] = []
    let finish = (): void => {}
    const later = new Promise<void>((resolve) => (finish = resolve))
    const respond: TokenHandler['respond'] = (request, context) => {
      context?.waitUntil?.(later)
      return handler.respond(request)
    }
    const answered = toLambdaHandler({ ...handler, respond })(EVENT, CONTEXT)
    void answered.then(() => order.push('answered'))
    // Far more turns of the loop than the reply takes.
    for (let turn = 0; turn < 20; turn += 1) await setImmediate()
    order.push('audit written')
    finish()
    await answered
    expect(order).toEqual(['audit written', 'answered'])
  })
})
