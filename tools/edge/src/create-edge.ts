import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { assembleEdge } from './assemble-edge.ts'
import { answerHttp, type EdgeTarget } from './access-point/edge-http.ts'
import type { EdgeOptions } from './edge-options.ts'
import type { FaultBoard } from './control/faults.ts'
import { openLine } from './messages/line.ts'
import type { Who } from './platform/member.ts'
import type { Observations } from './control/observations.ts'
import { BODY_LIMIT } from './platform/read-body.ts'
import { type SessionView, viewOf } from './sessions/session-view.ts'

/** A stand-in for Agora's edge. It opens no port: a server hands it what is meant for it. */
export interface Edge {
  /** Answers an HTTP request that was meant for `target`. */
  handle(request: IncomingMessage, response: ServerResponse, target: EdgeTarget): Promise<void>
  /** Takes over a WebSocket handshake. All hosts lead to the one gateway. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  readonly observations: Observations
  /** Who is in a channel now, oldest first. */
  sessions(): readonly SessionView[]
  /** What goes wrong, for everybody or for some. */
  readonly faults: FaultBoard
  /** Breaks the lines of everybody, or of those chosen. Returns how many. */
  dropConnections(who?: Who): number
  /** Puts those chosen out and keeps them out. Returns how many were in. */
  ban(who: Who): number
  /** Lifts all bans. */
  unban(): void
  /** Ends the tokens with which everybody, or those chosen, are in a channel. Returns how many. */
  endTokens(who?: Who): number
  /** Sets how far the edge's clock is ahead, in milliseconds; negative when it is behind. */
  skewClock(aheadMs: number): void
  /** Ends all sessions, sockets and timers. */
  close(): Promise<void>
}

/**
 * Creates an edge that lets the real SDK join with good tokens only, warns before a token ends and
 * puts its user out when it has.
 *
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 * @throws {TypeError} when a length of time is negative or no number
 */
export function createEdge(options: EdgeOptions): Edge {
  const { clock, log, faults, bans, sessions, manager, gateway, notifier, ...http } =
    assembleEdge(options)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT })
  return {
    handle: (request, response, target) =>
      answerHttp({ ...http, faults }, request, response, target),
    upgrade(request, socket, head) {
      if (faults.of().cutLines) socket.destroy()
      else sockets.handleUpgrade(request, socket, head, (opened) => openLine(opened, gateway))
    },
    observations: log,
    sessions: () => sessions.live().map(viewOf),
    faults,
    dropConnections(who) {
      const doomed = sessions.live(who)
      for (const { line } of doomed) line?.drop()
      return doomed.length
    },
    ban(who) {
      bans.add({ who, privileges: ['join_channel'] })
      return manager.putOut(who)
    },
    unban: () => bans.clear(),
    endTokens(who) {
      const ended = sessions.all(who)
      for (const session of ended) session.expire()
      return ended.length
    },
    skewClock(aheadMs) {
      clock.skewMs = aheadMs
      for (const session of sessions.live()) session.retime()
    },
    close() {
      notifier?.close()
      sessions.clear()
      for (const socket of sockets.clients) socket.terminate()
      return new Promise((resolve) => sockets.close(() => resolve()))
    },
  }
}
