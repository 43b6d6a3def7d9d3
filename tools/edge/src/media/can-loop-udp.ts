import { createSocket } from 'node:dgram'

/** Tells whether a UDP packet sent to 127.0.0.1 arrives there; some sandboxes forbid it. */
export function canLoopUdp(patienceMs = 1000): Promise<boolean> {
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), patienceMs)
    function finish(arrived: boolean): void {
      clearTimeout(timer)
      socket.close()
      resolve(arrived)
    }
    socket.on('error', () => finish(false))
    socket.on('message', () => finish(true))
    socket.bind(0, '127.0.0.1', () => socket.send('x', socket.address().port, '127.0.0.1'))
  })
}
