// Floods a server from a few connections, in a process of its own: as many requests as it takes, without
// waiting for replies. Each message is a flood; the answer says how many replies came.

import { connect } from 'node:net'
import { PATH, WISH } from './wish.mjs'

const REQUESTS_AT_ONCE = 1000

process.on('message', (flood) => void shoot(flood))
process.on('disconnect', () => process.exit())

/** @param {{ url: string, seconds: number, connections: number }} flood */
async function shoot({ url, seconds, connections }) {
  const { hostname, port } = new URL(url)
  const ends = Date.now() + seconds * 1000
  let [replies, closed] = [0, 0]
  const open = () => {
    const socket = connect(Number(port), hostname)
    const send = () => {
      while (Date.now() < ends && socket.write(REQUESTS));
    }
    socket.on('connect', send).on('drain', send)
    socket.on(
      'data',
      (chunk) => (replies += chunk.toString('latin1').split('HTTP/1.1 ').length - 1),
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      closed++
      if (Date.now() < ends) open()
    })
    setTimeout(() => socket.destroy(), ends - Date.now())
  }
  for (let at = 0; at < connections; at++) open()
  setTimeout(() => process.send?.({ replies, closed }), seconds * 1000)
}

const { body, headers, method } = WISH
const head = Object.entries({ host: 'a', 'content-length': body.length, ...headers })
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')
const REQUESTS = `${method} ${PATH} HTTP/1.1\r\n${head}\r\n${body}`.repeat(REQUESTS_AT_ONCE)
