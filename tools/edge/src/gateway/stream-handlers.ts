import { isSeen } from './channel-news.ts'
import { DONE, type GatewayParts, type Handlers, type Message } from './gateway-parts.ts'
import type { GatewayAnswer } from '../messages/gateway-message.ts'
import { roleOf } from '../sessions/join-request.ts'
import { textOf } from '../platform/json-record.ts'
import type { Line } from '../messages/line.ts'
import { GATEWAY_ERRORS, NOT_JOINED, ROLE_NOT_PERMITTED } from '../platform/platform-codes.ts'
import type { Session } from '../sessions/session.ts'
import { readStreams } from '../sessions/stream.ts'

type Act = (session: Session, message: Message) => GatewayAnswer

/** Answers what members do with streams and roles. */
export function createStreamHandlers(parts: GatewayParts): Handlers {
  const { sessions, manager, news, bans, checksPublishing } = parts
  const lacksRight = ({ pass }: Session): boolean => checksPublishing && !pass.mayPublish

  function publish(session: Session, message: Message): GatewayAnswer {
    if (lacksRight(session)) {
      manager.note('publish-refused', session, { reason: 'PUBLISH_PRIVILEGE_MISSING' })
      return { failed: GATEWAY_ERRORS.invalid }
    }
    const streams = readStreams(message)
    const kinds = streams.map(({ kind }) => kind)
    if (kinds.some((kind) => bans.forbids(session.member, `publish_${kind}`))) {
      manager.note('publish-refused', session, { reason: 'BANNED' })
      return { failed: GATEWAY_ERRORS.invalid }
    }
    session.streams = [...session.streams.filter(({ kind }) => !kinds.includes(kind)), ...streams]
    manager.note('published', session, { kinds })
    news.published(session, streams)
    return DONE
  }

  function unpublish(session: Session, message: Message): GatewayAnswer {
    const kinds = readStreams(message).map(({ kind }) => kind)
    session.streams = session.streams.filter(({ kind }) => !kinds.includes(kind))
    manager.note('unpublished', session, { kinds })
    news.unpublished(session)
    return DONE
  }

  // Muting is one of several actions under one name; the others do not concern other users.
  function control(session: Session, message: Message): GatewayAnswer {
    const [, verb, kind] =
      /^(mute|unmute)_local_(audio|video)$/.exec(textOf(message, 'action')) ?? []
    if (kind !== 'audio' && kind !== 'video') return DONE
    const isMuted = verb === 'mute'
    session.streams = session.streams.map((stream) =>
      stream.kind === kind ? { ...stream, isMuted } : stream,
    )
    news.muted(session, kind, isMuted)
    return DONE
  }

  function changeRole(session: Session, message: Message): GatewayAnswer {
    const role = roleOf(message)
    if (role === 'host' && lacksRight(session)) return { failed: ROLE_NOT_PERMITTED }
    const wasSeen = isSeen(session)
    manager.changeRole(session, role)
    if (!wasSeen) news.arrived(session)
    else if (!isSeen(session)) news.left(session, 'BecomeAudience')
    return DONE
  }

  function subscribe(session: Session): GatewayAnswer {
    manager.note('subscribed', session)
    return DONE
  }

  const member = (act: Act) => (line: Line, message: Message) => {
    const session = sessions.onLine(line)
    return session === undefined ? { failed: NOT_JOINED } : act(session, message)
  }
  return {
    publish: member(publish),
    unpublish: member(unpublish),
    control: member(control),
    set_client_role: member(changeRole),
    subscribe: member(subscribe),
  }
}
