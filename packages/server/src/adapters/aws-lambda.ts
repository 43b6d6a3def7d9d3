import { type AwsLambdaEvent, handleLambdaEvent } from 'srvx/aws-lambda'

import type { TokenHandler } from '../token-handler.ts'
import { checkTrustProxy, clientAddress, type TrustProxy } from './trust-proxy.ts'

/** An event of API Gateway (REST or HTTP API) or of a function URL; what else it holds is left alone. */
export interface LambdaEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null
  readonly body?: string | null
  readonly isBase64Encoded: boolean
  readonly requestContext: object
}

/** What Lambda tells about an invocation. */
export type LambdaContext = Parameters<typeof handleLambdaEvent>[2]

/** What API Gateway and function URLs take as an answer. */
export interface LambdaReply {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** The function that a Lambda exports. */
export type LambdaFunction = (event: LambdaEvent, context: LambdaContext) => Promise<LambdaReply>

/** What {@link toLambdaHandler} can be told about the host. */
export interface LambdaOptions {
  /**
   * Whom to believe about the address of the caller. Default `false`: nobody but AWS, whose
   * `sourceIp` behind CloudFront is that of CloudFront.
   */
  readonly trustProxy?: TrustProxy
}

// What cannot stand in a header must not cost more than that header.
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/**
 * Makes an AWS Lambda function for API Gateway (REST and HTTP APIs) and function URLs. The address of
 * the caller is the event's `sourceIp`, unless `trustProxy` names the proxies in front.
 *
 * @throws {TypeError} when `trustProxy` is of the wrong kind
 *
 * @example
 * export const lambda = toLambdaHandler(handler)
 */
export function toLambdaHandler(
  handler: TokenHandler,
  options: LambdaOptions = {},
): LambdaFunction {
  const trustProxy = checkTrustProxy(options.trustProxy ?? false)
  return async (sent, context) => {
    const event = readable(sent)
    const unfinished: Promise<unknown>[] = []
    const waitUntil = (promise: Promise<unknown>): void => void unfinished.push(promise)
    const fetch = (request: Request & { readonly ip?: string | undefined }): Promise<Response> =>
      handler.fetch(request, { ip: clientAddress(request.ip, sourceIpOf(event)), waitUntil })
    const reply = await handleLambdaEvent(fetch, event, context, trustProxy)
    // A Lambda that has answered is frozen, and what it was about to write with it.
    await Promise.allSettled(unfinished)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- srvx gives text alone for no event
    return reply as LambdaReply
  }
}

// srvx trips over `headers: null`, which the console of API Gateway sends, over names that come twice
// in the event of a REST API, and over a body where a `Request` may have none.
function readable(event: LambdaEvent): AwsLambdaEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- AWS's types and srvx's differ in what is optional
  const complete = { ...event, headers: headersOf(event) } as AwsLambdaEvent
  return ['GET', 'HEAD'].includes(methodOf(complete) ?? '') ? { ...complete, body: '' } : complete
}

function headersOf({ headers, multiValueHeaders }: LambdaEvent): Record<string, string> {
  const every = Object.entries({ ...headers, ...multiValueHeaders })
  const joined = every.map(([name, value = '']) => [name, joinedValue(name, value)] as const)
  return Object.fromEntries(joined.filter(([, value]) => HEADER_VALUE.test(value)))
}

function joinedValue(name: string, value: string | readonly string[]): string {
  return [value].flat().join(name.toLowerCase() === 'cookie' ? '; ' : ', ')
}

function methodOf(event: AwsLambdaEvent): string | undefined {
  return 'httpMethod' in event ? event.httpMethod : event.requestContext.http?.method
}

function sourceIpOf({ requestContext }: AwsLambdaEvent): string | undefined {
  if ('http' in requestContext) return requestContext.http?.sourceIp
  return 'identity' in requestContext ? requestContext.identity?.sourceIp : undefined
}
