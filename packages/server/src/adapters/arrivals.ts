import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers'

/** Requests that go through the handler together. The data of 16 fits the caches of a core, that of 256 does not. */
const AT_ONCE = 16
/** From this many waiting requests on, a connection is not read until all of them have had their turn. */
const HELD_FROM = 16
/** After this many 429 replies in a row, the connection is closed. */
const REFUSALS_AT_MOST = 5

// Kept here, because bundled code would look it up on each call, where tests with fake timers replace it.
const nextRound = setImmediate

/** The members of a socket that are used here. */
interface Connection extends Pick<Socket, 'writable'> {
  pause(): unknown
  resume(): unknown
  on(event: 'resume', listener: () => void): unknown
  off(event: 'resume', listener: () => void): unknown
}

/** The waiting requests of one connection. */
interface Line {
  readonly connection: Connection
  readonly waiting: (() => void)[]
  /** The round of its last turn. */
  round: number
  /** The number of 429 replies in a row. */
  refusals: number
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
    if (length === 1) enter(line)
    else if (length === HELD_FROM) hold(line)
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
  line.round = currentRound
  // All waiting requests of a disconnected caller continue at once, so that they notice it.
  if (!connection.writable) while (waiting.length > 1) waiting.shift()?.()
  waiting.shift()?.()
  if (waiting.length > 0) later.push(line)
  // A connection that can no longer be written is not read any further.
  else if (connection.writable) line.release?.()
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
  let line = lines.get(connection)
  if (!line) lines.set(connection, (line = { connection, waiting: [], round: -1, refusals: 0 }))
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
  return !socket.destroyed && !socket.writableEnded
}

/**
 * Whether the reply with this status is the last on its connection, because the caller has ignored several 429
 * replies in a row.
 *
 * @internal
 */
export function isLastReply({ socket }: IncomingMessage, status: number): boolean {
  const line = lines.get(socket)
  if (!line) return false
  line.refusals = status === 429 ? line.refusals + 1 : 0
  return line.refusals >= REFUSALS_AT_MOST
}

// A reset connection has lost its remote address, so a limit by address could not count its requests. A Unix
// socket has no address at either end.
function isReset({ socket }: IncomingMessage): boolean {
  return socket.remoteAddress === undefined && socket.localAddress !== undefined
}
