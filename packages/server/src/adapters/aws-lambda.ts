import type { HostedHandler } from '../http/hosted-handler.ts'
import type { HostContext } from '../http/request-context.ts'
import { lastReply } from '../request/answer.ts'
import type { PlainReply } from '../http/reply.ts'
import { type EventParts, type LambdaEvent, partsOf, requestOf } from './lambda-event.ts'
import {
  checkTrustProxy,
  clientAddress,
  plainAddress,
  type ProxyTrust,
  type TrustProxy,
} from './trust-proxy.ts'

export type { LambdaEvent } from './lambda-event.ts'
export type { HostedHandler } from '../http/hosted-handler.ts'
export type { TrustProxy } from './trust-proxy.ts'

/** Lambda's information about an invocation, which the function does not use. */
export type LambdaContext = object

/** The reply format of API Gateway, function URLs and load balancers. */
export interface LambdaReply {
  readonly statusCode: number
  /** Absent for a load balancer with "Multi value headers". */
  readonly headers?: Record<string, string>
  /** Present only for a load balancer with "Multi value headers". */
  readonly multiValueHeaders?: Record<string, string[]>
  readonly body: string
  readonly isBase64Encoded: false
}

/** The function that a Lambda exports. */
export type LambdaFunction = (event: LambdaEvent, context: LambdaContext) => Promise<LambdaReply>

/** Options of {@link toLambdaHandler}. */
export interface LambdaOptions {
  /**
   * Which proxies in front of AWS to trust for the address of the caller. Default `false`: none, so behind CloudFront
   * the address is CloudFront's.
   */
  readonly trustProxy?: TrustProxy
}

interface Host extends Pick<HostContext, 'waitUntil'> {
  readonly trust: ProxyTrust | undefined
}

/**
 * Creates an AWS Lambda function for API Gateway (REST and HTTP APIs), function URLs and Application Load Balancers.
 * The address of the caller is the event's `sourceIp`, or the address that the load balancer appends to
 * `X-Forwarded-For`, unless `trustProxy` names more proxies in front of it.
 *
 * @throws {TypeError} when `trustProxy` is malformed
 *
 * @example
 * export const lambda = toLambdaHandler(handler)
 */
export function toLambdaHandler(
  handler: HostedHandler,
  options: LambdaOptions = {},
): LambdaFunction {
  const trust = checkTrustProxy(options.trustProxy ?? false)
  return async (event) => {
    const unfinished: Promise<unknown>[] = []
    const waitUntil = (promise: Promise<unknown>): void => void unfinished.push(promise)
    const reply = await replyTo(handler, event, { trust, waitUntil })
    // Lambda freezes the process after the reply, so pending work, such as the audit log, must finish first.
    await Promise.allSettled(unfinished)
    return reply
  }
}

async function replyTo(
  handler: HostedHandler,
  event: LambdaEvent,
  { trust, waitUntil }: Host,
): Promise<LambdaReply> {
  try {
    const parts = partsOf(event)
    const context: HostContext = {
      target: parts.target,
      ip: clientAddress(parts.sourceIp, trust, forwardedOf(parts)),
      readBody: (maxBytes) => (parts.body.length > maxBytes ? undefined : parts.body),
      waitUntil,
    }
    return toLambdaReply(await handler.respond(requestOf(parts), context), parts.listsHeaders)
  } catch (error) {
    return toLambdaReply(lastReply(error), false)
  }
}

function toLambdaReply({ status, headers, body }: PlainReply, listsHeaders: boolean): LambdaReply {
  const listed = Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]])
  const sent = listsHeaders
    ? { multiValueHeaders: Object.fromEntries(listed) }
    : { headers: { ...headers } }
  return { statusCode: status, ...sent, body, isBase64Encoded: false }
}

// AWS appends `sourceIp` to the header; without removing it, that hop would count twice.
function forwardedOf({ headers, sourceIp }: EventParts): string | null {
  const forwarded = headers.get('x-forwarded-for')
  if (!forwarded || !sourceIp) return forwarded
  const last = forwarded.lastIndexOf(',') + 1
  const isSource = plainAddress(forwarded.slice(last)) === plainAddress(sourceIp)
  return isSource ? forwarded.slice(0, last) : forwarded
}
