import {
  type LambdaContext,
  type LambdaEvent,
  type LambdaReply,
  toLambdaHandler,
} from '../../src/adapters/aws-lambda.ts'
import type { Host } from './host.ts'
import type { WireReply, WireRequest } from './host-case.ts'
import { toBalancerEvent, toListingBalancerEvent, toRestEvent, toUrlEvent } from './lambda-event.ts'

// Nothing of it is looked at.
const CONTEXT = {} as LambdaContext

type EventOf = (wire: WireRequest, inBase64: boolean) => LambdaEvent

function lambdaHost(name: string, prefix: string, eventOf: EventOf, inBase64: boolean): Host {
  return {
    name: `${name}, body in ${inBase64 ? 'base64' : 'text'}`,
    prefix,
    ip: '203.0.113.9',
    traits: inBase64 ? [] : ['decodes-text'],
    start: async (handler) => {
      const lambda = toLambdaHandler(handler)
      return {
        send: async (wire) => asReply(await lambda(eventOf(wire, inBase64), CONTEXT), wire.method),
        stop: () => Promise.resolve(),
      }
    },
  }
}

function asReply(reply: LambdaReply, method: string): WireReply {
  const { statusCode, headers, multiValueHeaders = {}, body } = reply
  const listed = Object.entries(multiValueHeaders).map(([name, values]) => [name, values.join()])
  return {
    status: statusCode,
    headers: headers ?? Object.fromEntries(listed),
    body: method === 'HEAD' ? '' : body,
  }
}

/** AWS Lambda behind what can be put in front of it. */
export const LAMBDA_HOSTS: readonly Host[] = [false, true].flatMap((inBase64) => [
  lambdaHost('Lambda behind a REST API (v1)', '/agora', toRestEvent, inBase64),
  lambdaHost('Lambda behind an HTTP API (v2)', '/agora', toUrlEvent, inBase64),
  lambdaHost('Lambda with a function URL', '', toUrlEvent, inBase64),
  lambdaHost('Lambda behind a load balancer', '/agora', toBalancerEvent, inBase64),
  lambdaHost('Lambda behind one that lists headers', '/agora', toListingBalancerEvent, inBase64),
])
