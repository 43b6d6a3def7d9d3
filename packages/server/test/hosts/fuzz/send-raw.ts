import { connect } from 'node:net'

import type { WireRequest } from '../host-case.ts'

/** Writes a request just as it is on a connection of its own, and says the status that comes back. */
export function sendRaw(port: number, request: WireRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (data: string) => {
      answer += data
      const status = finalStatus(answer)
      if (status === undefined) return
      // Without the long goodbye, of which a million would use up the ports.
      socket.resetAndDestroy()
      resolve(status)
    })
    socket.on('error', (error) => {
      socket.destroy()
      reject(error)
    })
    socket.on('close', () => reject(new Error('closed without an answer')))
    socket.write(bytesOf(request))
  })
}

function bytesOf({ method, target, headers, chunks, isChunked }: WireRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1')
  if (!isChunked) return Buffer.concat([head, ...chunks])
  const framed = chunks.map((chunk) =>
    Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
  )
  return Buffer.concat([head, ...framed, Buffer.from('0\r\n\r\n')])
}

// `100 Continue` is no answer yet.
function finalStatus(text: string): number | undefined {
  const rest = text.replace(/^HTTP\/1\.1 1\d\d .*\r\n\r\n/, '')
  const [, status] = /^HTTP\/1\.1 ([2-5]\d\d) /.exec(rest) ?? []
  return status === undefined ? undefined : Number(status)
}
