import type { WebSocket } from 'ws'
import {
  type GatewayAnswer,
  type GatewayRequest,
  noticeText,
  readGatewayRequest,
  replyText,
} from './gateway-message.ts'

/** One WebSocket between an SDK and the gateway. */
export interface Line {
  readonly isOpen: boolean
  /** Sends a notice; does nothing once the socket is closing. */
  notify(type: string, message: object): void
  /** Breaks the connection without a goodbye, as a network does. */
  drop(): void
}

/** Who answers what comes over a line. */
export interface LineOwner {
  answer(line: Line, request: GatewayRequest): Promise<GatewayAnswer | undefined>
  closed(line: Line): void
}

/** Puts an open WebSocket into service. What is no request is passed over in silence. */
export function openLine(socket: WebSocket, owner: LineOwner): Line {
  const line: Line = {
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    notify: (type, message) => send(socket, noticeText(type, message)),
    drop: () => socket.terminate(),
  }
  // Buffer is what ws delivers unless another binaryType is set.
  socket.on('message', (data: Buffer) => {
    const request = readGatewayRequest(data.toString())
    if (request !== undefined) void answer(request)
  })
  // A broken frame ends the connection; without a listener it would end the process.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => owner.closed(line))
  return line

  async function answer(request: GatewayRequest): Promise<void> {
    const reply = await owner.answer(line, request)
    if (reply === undefined) return
    if (request.id !== undefined) send(socket, replyText(request.id, reply))
    if ('success' in reply) reply.after?.()
  }
}

function send(socket: WebSocket, text: string): void {
  if (socket.readyState === socket.OPEN) socket.send(text)
}
