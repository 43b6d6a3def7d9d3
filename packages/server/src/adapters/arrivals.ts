import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers'

/** Requests that go through the handler together. The data of 32 fits the caches of a core, that of 256 does not. */
const AT_ONCE = 32
/** From this many waiting requests on, a connection is not read until all of them have had their turn. */
const HELD_FROM = 16
/** After this many 429 replies in a row, the connection is closed. */
const REFUSALS_AT_MOST = 5
/** The delay of the last of these replies, if the caller has sent further requests without waiting. */
const LAST_REPLY_AFTER_MS = 1000
/** At most this many connections wait at a time. Each holds the requests of one read, about 1 MB. */
const KEPT_AT_MOST = 16

// Kept here, because bundled code would look it up on each call, where tests with fake timers replace it.
const nextRound = setImmediate

/** The members of a socket that are used here. */
interface Connection extends Pick<Socket, 'writable'> {
  pause(): unknown
  resume(): unknown
  on(event: 'resume', listener: () => void): unknown
  off(event: 'resume', listener: () => void): unknown
  once(event: 'close', listener: () => void): unknown
}

/** The waiting requests of one connection. */
interface Line {
  readonly connection: Connection
  readonly waiting: (() => void)[]
  /** The round of its last turn. */
  round: number
  /** The number of 429 replies in a row. */
  refusals: number
  /** Whether it has sent a request while another one waited: browsers and proxies never do. */
  isPipelined: boolean
  /** Whether its last reply has been decided. Its other requests are dropped. */
  isOver: boolean
  /** Resumes reading; set while the connection is not read. */
  release?: (() => void) | undefined
}

const lines = new WeakMap<Connection, Line>()
/** Lines with requests, in the order of their turns. */
let turns: Line[] = []
/** Lines with more requests that have already had their turn in this round. */
const later: Line[] = []
let currentRound = 0
let isRoundDue = false
/** The number of requests in this round, and in the round before. */
let arrived = 0
let arrivedBefore = 0
/** The number of connections that wait for their last reply. */
let kept = 0

/**
 * Resolves when it is the request's turn: after the event loop has read every request that has arrived, or as
 * soon as a batch is full. The requests of a batch go through the handler step by step together, which takes a
 * third less processor time than reading, handling and writing each in turn, because the code for all three does
 * not fit the caches. Each connection has one turn a round, so a caller that sends a thousand requests at once does
 * not delay the others.
 *
 * Returns `undefined` for a request that is alone, which does not wait. It is alone when it is the first of its round,
 * no other waits, and the round before had at most one.
 *
 * @internal
 */
export function turnOf(connection: Connection): Promise<void> | undefined {
  const line = lineOf(connection)
  arrived++
  if (arrived === 1 && arrivedBefore <= 1 && turns.length + later.length === 0) {
    line.round = currentRound
    return callNextRound()
  }
  return new Promise((resolve) => {
    const length = line.waiting.push(resolve)
    if (length === 1) return enter(line)
    line.isPipelined = true
    if (length === HELD_FROM) hold(line)
  })
}

function enter(line: Line): void {
  if (line.round === currentRound) later.push(line)
  else if (turns.push(line) === AT_ONCE) return goOn()
  callNextRound()
}

// `setImmediate` runs after the event loop has read from every connection.
function callNextRound(): undefined {
  if (isRoundDue) return
  isRoundDue = true
  nextRound(beginRound)
}

function beginRound(): void {
  isRoundDue = false
  currentRound++
  arrivedBefore = arrived
  arrived = 0
  if (later.length > 0) turns.push(...later.splice(0))
  goOn()
  if (turns.length > 0 || later.length > 0) callNextRound()
}

function goOn(): void {
  const going = turns
  turns = going.length > AT_ONCE ? going.splice(AT_ONCE) : []
  for (const line of going) goOnWith(line)
}

function goOnWith(line: Line): void {
  const { connection, waiting } = line
  const isOver = line.isOver || !connection.writable
  line.round = currentRound
  // All waiting requests of a disconnected caller continue at once, so that they notice it.
  if (isOver) while (waiting.length > 1) waiting.shift()?.()
  waiting.shift()?.()
  if (waiting.length > 0) later.push(line)
  // A connection that gets no more replies is not read any further.
  else if (!isOver) line.release?.()
}

/** Stops reading. Reading a body resumes the connection, so it must be paused again each time. */
function hold(line: Line): void {
  const { connection } = line
  const stop = (): void => void connection.pause()
  connection.on('resume', stop)
  stop()
  line.release = () => {
    line.release = undefined
    connection.off('resume', stop)
    connection.resume()
  }
}

function lineOf(connection: Connection): Line {
  return lines.get(connection) ?? beginLine(connection)
}

function beginLine(connection: Connection): Line {
  const state = { round: -1, refusals: 0, isPipelined: false, isOver: false }
  const line = { connection, waiting: [], ...state }
  lines.set(connection, line)
  return line
}

/**
 * Waits for the turn of a request. Closes a connection that the caller has reset.
 *
 * @internal
 */
export function itsTurn(req: IncomingMessage): Promise<void> | undefined {
  return isReset(req) ? void req.socket.destroy() : turnOf(req.socket)
}

/** Whether the caller can still read a reply. @internal */
export function isHeard({ socket }: IncomingMessage): boolean {
  return !socket.destroyed && !socket.writableEnded && !lines.get(socket)?.isOver
}

/**
 * Makes the reply with this status the last on its connection when the caller has ignored several 429 replies in a row.
 * Resolves when it may be sent: after a second, if further requests have come meanwhile. Otherwise such a caller would
 * be back at once, and Node would parse what its next read returns, 300 requests, before it serves other connections.
 *
 * @internal
 */
export function endFlood(
  { socket, httpVersionMajor }: IncomingMessage,
  res: ServerResponse,
  status: number,
): Promise<void> | undefined {
  const line = lines.get(socket)
  // A connection of HTTP/2 carries the requests of many callers of a proxy, and one reply does not end it.
  if (!line || line.isOver || httpVersionMajor > 1) return undefined
  line.refusals = status === 429 ? line.refusals + 1 : 0
  if (line.refusals < REFUSALS_AT_MOST || res.headersSent) return undefined
  line.isOver = true
  res.shouldKeepAlive = false
  // Even if a middleware has replied first.
  res.once('finish', () => socket.end())
  return line.isPipelined && kept < KEPT_AT_MOST ? keep(line) : undefined
}

// The connection is not read meanwhile. One that closes has nothing to wait for, and leaves its place to others.
async function keep(line: Line): Promise<void> {
  if (!line.release) hold(line)
  kept++
  await new Promise<void>((resolve) => {
    setTimeout(resolve, LAST_REPLY_AFTER_MS)
    line.connection.once('close', resolve)
  })
  kept--
}

// A reset connection has lost its remote address, so a limit by address could not count its requests. A Unix
// socket has no address at either end.
function isReset({ socket }: IncomingMessage): boolean {
  return socket.remoteAddress === undefined && socket.localAddress !== undefined
}
