import type { Gatekeeper } from './gatekeeper.ts'
import type { GatewayAnswer, GatewayRequest } from './gateway-message.ts'
import { joinReply } from './join-reply.ts'
import { readJoinRequest } from './join-request.ts'
import { textOf } from './json-record.ts'
import type { Line, LineOwner } from './line.ts'
import type { ObservationLog } from './observations.ts'
import { GATEWAY_ERRORS, NOT_SUPPORTED } from './platform-codes.ts'
import type { SessionDesk } from './session-desk.ts'
import type { SessionRegistry } from './session-registry.ts'
import { tokenFingerprint } from './token-fingerprint.ts'

/** What the gateway works with. */
export interface GatewayOptions {
  readonly appId: string
  readonly gatekeeper: Gatekeeper
  readonly log: ObservationLog
  readonly sessions: SessionRegistry
  readonly desk: SessionDesk
  /** Asked at each renewal: whether to leave it without an answer. */
  readonly swallowsRenewals: () => boolean
}

type Message = GatewayRequest['message']
type Handler = (line: Line, message: Message) => GatewayAnswer | undefined

const DONE: GatewayAnswer = { success: {} }

/** Creates the part of the edge that speaks over WebSockets. */
export function createGateway(options: GatewayOptions): LineOwner {
  const { appId, gatekeeper, log, sessions, desk } = options

  function join(line: Line, message: Message): GatewayAnswer {
    const request = readJoinRequest(message)
    const { member, sessionId } = request
    const { pass, refused } = gatekeeper(request)
    if (pass !== undefined) {
      return { success: joinReply(desk.open({ member, sessionId, pass }, line), request) }
    }
    const { refusal, ...why } = refused
    log.record({ type: 'refused', ...member, ...why, where: 'gateway' })
    return { failed: GATEWAY_ERRORS[refusal] }
  }

  function rejoin(line: Line, message: Message): GatewayAnswer {
    const sessionId = textOf(message, 'session_id')
    const refusal = desk.resume(sessionId, textOf(message, 'token'), line)
    return refusal === undefined ? { success: { peers: [] } } : { failed: GATEWAY_ERRORS[refusal] }
  }

  function renew(line: Line, message: Message): GatewayAnswer | undefined {
    const session = sessions.onLine(line)
    if (session === undefined) return { failed: GATEWAY_ERRORS.invalid }
    const token = textOf(message, 'token')
    if (options.swallowsRenewals()) {
      desk.note('renew-swallowed', session, { tokenFingerprint: tokenFingerprint(token) })
      return undefined
    }
    const { pass, refused } = gatekeeper({ appId, token, member: session.member })
    if (pass !== undefined) {
      session.renew(pass)
      desk.note('renewed', session)
      return DONE
    }
    const { refusal, ...why } = refused
    desk.note('renew-refused', session, why)
    return { failed: GATEWAY_ERRORS[refusal] }
  }

  function leave(line: Line): GatewayAnswer {
    desk.leave(line)
    return DONE
  }

  function publish(line: Line): GatewayAnswer {
    const session = sessions.onLine(line)
    if (session !== undefined) desk.note('published', session)
    return DONE
  }

  const handlers = new Map<string, Handler>([
    ['join_v3', join],
    ['rejoin_v3', rejoin],
    ['renew_token', renew],
    ['leave', leave],
    ['publish', publish],
    ['traffic_stats', () => ({ success: { peer_delay: [] } })],
    // Success without ICE parameters would lock up the SDK's media for good.
    ['restart_ice', () => ({ failed: NOT_SUPPORTED })],
    ['ping_back', () => undefined],
    ['wrtc_stats', () => undefined],
  ])

  return {
    answer: (line, { type, message }) => {
      const handler = handlers.get(type)
      return handler === undefined ? DONE : handler(line, message)
    },
    closed: (line) => desk.lose(line),
  }
}
