import type { GatewayAnswer, GatewayRequest } from '../messages/gateway-message.ts'
import { DONE, type GatewayParts, type Handler } from './gateway-parts.ts'
import { createJoinHandlers } from './join-handlers.ts'
import { readJoinRequest } from '../sessions/join-request.ts'
import { textOf } from '../platform/json-record.ts'
import type { Line, LineOwner } from '../messages/line.ts'
import type { Member } from '../platform/member.ts'
import { NOT_SUPPORTED } from '../platform/platform-codes.ts'
import { createRenewHandler } from './renew-handler.ts'
import { createStreamHandlers } from './stream-handlers.ts'
import { wait } from '../platform/wait.ts'

/** Creates the part of the edge that speaks over WebSockets. */
export function createGateway(parts: GatewayParts): LineOwner {
  const { sessions, faults, manager } = parts
  const handlers = new Map<string, Handler>(
    Object.entries({
      ...createJoinHandlers(parts),
      ...createRenewHandler(parts),
      ...createStreamHandlers(parts),
      traffic_stats: () => ({ success: { peer_delay: [] } }),
      // Success without ICE parameters would lock up the SDK's media for good.
      restart_ice: () => ({ failed: NOT_SUPPORTED }),
      ping_back: () => undefined,
      wrtc_stats: () => undefined,
    }),
  )

  async function answer(line: Line, request: GatewayRequest): Promise<GatewayAnswer | undefined> {
    const { type, message } = request
    const delayMs = faults.of(whoAsks(line, request)).answerDelayMs
    const handler = handlers.get(type)
    const reply = handler === undefined ? DONE : await handler(line, message)
    if (delayMs > 0) await wait(delayMs)
    return reply
  }

  function whoAsks(line: Line, { type, message }: GatewayRequest): Member | undefined {
    const session = sessions.onLine(line) ?? sessions.byRejoinToken(textOf(message, 'token'))
    if (session !== undefined || type !== 'join_v3') return session?.member
    return readJoinRequest(message).member
  }

  return { answer, closed: (line) => manager.lose(line) }
}
