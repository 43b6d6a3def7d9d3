import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { toNodeListener } from '@rtc-token/server/node'

import { handler } from './handler.ts'
import { seatOf } from './tickets.ts'

/** Stands for your sign-in. Without a user there is no ticket. */
function userOf({ headers }: IncomingMessage): string | undefined {
  return /session=(\w+)/.exec(headers.cookie ?? '')?.[1]
}

/** For your page, which passes it on to the kit. */
async function sendSeat(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const user = userOf(request)
  if (user === undefined) return void response.writeHead(401).end()
  // Your own data says which call, and who may speak.
  const seat = { appId: process.env['AGORA_APP_ID'], ...(await seatOf(user, 'stage', true)) }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(seat))
}

const tokens = toNodeListener(handler)

export const server = createServer((request, response) => {
  if (request.url === '/seat') void sendSeat(request, response)
  else void tokens(request, response)
}).listen(Number(process.env['PORT'] ?? 3000))
