import { type Application, type Gatekeeper } from '../judge/gatekeeper.ts'
import { DONE, type GatewayParts, type Handlers, type Message } from './gateway-parts.ts'
import type { GatewayAnswer } from '../messages/gateway-message.ts'
import { joinReply } from './join-reply.ts'
import { type JoinRequest, readJoinRequest } from '../sessions/join-request.ts'
import { textOf } from '../platform/json-record.ts'
import type { Line } from '../messages/line.ts'
import { GATEWAY_ERRORS, UID_BANNED } from '../platform/platform-codes.ts'
import { tokenFingerprint } from '../judge/token-fingerprint.ts'

/** Answers those who come and go: `join_v3`, `rejoin_v3`, `leave`. */
export function createJoinHandlers(parts: GatewayParts): Handlers {
  const { gatekeeper, log, sessions, manager, news, faults, bans } = parts

  async function join(line: Line, message: Message): Promise<GatewayAnswer | undefined> {
    const request = readJoinRequest(message)
    if (faults.of(request.member).cutLines) return cut(line)
    if (bans.forbids(request.member, 'join_channel')) return turnAway(line, request)
    const { pass, refused } = gatekeeper.admit(request)
    if (pass === undefined) {
      const { refusal, ...why } = refused
      log.record({ type: 'refused', ...request.member, ...why, where: 'gateway' })
      return { failed: GATEWAY_ERRORS[refusal] }
    }
    return letIn(line, request, pass)
  }

  async function letIn(
    line: Line,
    request: JoinRequest,
    pass: NonNullable<ReturnType<Gatekeeper['admit']>['pass']>,
  ): Promise<GatewayAnswer | undefined> {
    const media = await parts.media.open(request.mediaOffer, () => {
      const session = sessions.ofMember(request.member)
      if (session?.media === media) manager.note('media', session)
    })
    if (!line.isOpen) {
      media.close()
      return undefined
    }
    const session = manager.open({ ...request, pass, media }, line)
    return { success: joinReply(session, request), after: () => news.brief(session) }
  }

  // A notice and no answer: on any answer the SDK would ask again, about three times a second.
  function turnAway(line: Line, { member, token }: Application): undefined {
    const named = { tokenFingerprint: tokenFingerprint(token) }
    log.record({ type: 'refused', ...member, ...named, reason: 'BANNED', where: 'gateway' })
    line.notify('on_user_banned', { error_code: UID_BANNED })
  }

  function rejoin(line: Line, message: Message): GatewayAnswer | undefined {
    const [sessionId, rejoinToken] = [textOf(message, 'session_id'), textOf(message, 'token')]
    const member = sessions.byRejoinToken(rejoinToken)?.member
    if (member !== undefined && faults.of(member).cutLines) return cut(line)
    const resumed = manager.resume(sessionId, rejoinToken, line)
    if ('error_code' in resumed) return { failed: resumed }
    return { success: { peers: news.peersOf(resumed) } }
  }

  function leave(line: Line): GatewayAnswer {
    manager.leave(line)
    return DONE
  }

  return { join_v3: join, rejoin_v3: rejoin, leave }
}

function cut(line: Line): undefined {
  line.drop()
}
