import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'

/** Who answers what comes over a network. */
export interface NetworkHost {
  handle(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/** Opens a connection to the host and returns the near end of it. */
export type Connect = () => Duplex

/**
 * A network without a socket, on which a host is spoken to in HTTP as if it listened. What is sent
 * arrives within some turns of the event loop, however busy the machine is.
 */
export function memoryNetwork(host: NetworkHost): Connect {
  const server = createServer((request, response) => host.handle(request, response))
  server.on('upgrade', (request, socket, head) => host.upgrade(request, socket, head))
  return () => {
    const near = new CableEnd()
    const far = new CableEnd()
    near.other = far
    far.other = near
    server.emit('connection', far)
    return near
  }
}

class CableEnd extends Duplex {
  other: CableEnd | undefined

  override _read(): void {}

  override _write(chunk: unknown, _: BufferEncoding, done: () => void): void {
    this.other?.push(chunk)
    done()
  }

  override _final(done: () => void): void {
    this.other?.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this
    this.other = undefined
    other?.destroy()
    done(error)
  }
}
