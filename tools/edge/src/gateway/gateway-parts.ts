import type { BanList } from '../sessions/ban-list.ts'
import type { ChannelNews } from './channel-news.ts'
import type { FaultBoard } from '../control/faults.ts'
import type { Gatekeeper } from '../judge/gatekeeper.ts'
import type { GatewayAnswer, GatewayRequest } from '../messages/gateway-message.ts'
import type { Line } from '../messages/line.ts'
import type { MediaPlane } from '../media/media-plane.ts'
import type { ObservationLog } from '../control/observations.ts'
import type { SessionManager } from './session-manager.ts'
import type { SessionRegistry } from '../sessions/session-registry.ts'

/** What the gateway works with. */
export interface GatewayParts {
  readonly appId: string
  readonly gatekeeper: Gatekeeper
  readonly log: ObservationLog
  readonly sessions: SessionRegistry
  readonly manager: SessionManager
  readonly news: ChannelNews
  readonly faults: FaultBoard
  readonly bans: BanList
  readonly media: MediaPlane
  /** Whether publishing needs the right to, as with co-host authentication. */
  readonly checksPublishing: boolean
}

/** The body of a request. */
export type Message = GatewayRequest['message']

/** Answers one kind of request. */
export type Handler = (
  line: Line,
  message: Message,
) => GatewayAnswer | undefined | Promise<GatewayAnswer | undefined>

/** Requests by the name of their kind. */
export type Handlers = Readonly<Record<string, Handler>>

/** The answer that says no more than yes. */
export const DONE: GatewayAnswer = { success: {} }
