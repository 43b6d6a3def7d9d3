import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { checkAppCertificate, checkAppId } from '@rtc-token/core'
import { WebSocketServer } from 'ws'
import { createAccessPoint } from './access-point.ts'
import { answerHttp, type EdgeTarget } from './edge-http.ts'
import { createGatekeeper } from './gatekeeper.ts'
import { createGateway } from './gateway.ts'
import { coreJudge, type Judge } from './judge.ts'
import { openLine } from './line.ts'
import type { Member } from './member.ts'
import { createObservationLog, type Observations } from './observations.ts'
import { BODY_LIMIT } from './read-body.ts'
import { createSessionDesk } from './session-desk.ts'
import { createSessionRegistry } from './session-registry.ts'
import type { Pass, Session } from './session.ts'

/** The project the edge stands in for, and how it behaves. */
export interface EdgeOptions {
  readonly appId: string
  readonly appCertificate: string
  /** How long before a token's end its user is warned. Default 30, as the service does. */
  readonly willExpireSeconds?: number
  /** Unix milliseconds; default the machine's. Verdicts go by it; timers run in real time. */
  readonly clock?: () => number
  /** Decides on tokens in place of `verifyToken` of `@rtc-token/core`. */
  readonly judge?: Judge
}

/** A live session as seen from outside. */
type SessionView = Member & Pass

/** A stand-in for Agora's edge. It opens no port: a server hands it what is meant for it. */
export interface Edge {
  /** Answers an HTTP request that was meant for `target`. */
  handle(request: IncomingMessage, response: ServerResponse, target: EdgeTarget): Promise<void>
  /** Takes over a WebSocket handshake. All hosts lead to the one gateway. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  readonly observations: Observations
  /** Who is in a channel now, oldest first. */
  sessions(): readonly SessionView[]
  /** Fault: breaks the lines of all sessions, or of those chosen. Returns how many. */
  dropConnections(chosen?: (session: SessionView) => boolean): number
  /** Fault: while true, renewals get no answer and have no effect. Default false. */
  swallowRenewals: boolean
  /** Ends all sessions, sockets and timers. */
  close(): Promise<void>
}

/**
 * Creates an edge that lets the real SDK join with good tokens only, warns before a token ends and
 * puts its user out when it has.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 */
export function createEdge(options: EdgeOptions): Edge {
  const { willExpireSeconds = 30, clock = Date.now } = options
  const appId = checkAppId(options.appId)
  const judge = options.judge ?? coreJudge(checkAppCertificate(options.appCertificate), clock)
  const gatekeeper = createGatekeeper(appId, judge)
  const log = createObservationLog(clock)
  const sessions = createSessionRegistry(clock)
  const desk = createSessionDesk({ log, sessions, willExpireSeconds, clock })
  const accessPoint = createAccessPoint({ gatekeeper, log, clock })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT })
  const swallowsRenewals = (): boolean => edge.swallowRenewals
  const gateway = createGateway({ appId, gatekeeper, log, sessions, desk, swallowsRenewals })
  const edge: Edge = {
    handle: (request, response, target) => answerHttp(accessPoint, request, response, target),
    upgrade(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (opened) => openLine(opened, gateway))
    },
    observations: log,
    sessions: () => sessions.live().map(viewOf),
    dropConnections(chosen = () => true) {
      const doomed = sessions.live().filter((session) => chosen(viewOf(session)))
      for (const { line } of doomed) line?.drop()
      return doomed.length
    },
    swallowRenewals: false,
    close() {
      sessions.clear()
      for (const socket of sockets.clients) socket.terminate()
      return new Promise((resolve) => sockets.close(() => resolve()))
    },
  }
  return edge
}

function viewOf({ member, pass }: Session): SessionView {
  return { ...member, ...pass }
}
