import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { allow, createTickets, createTokenHandler, projectFromEnv } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'

for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
const { PORT = '3000', TICKET_SECRET, TOKEN_TTL_SECONDS = '3600' } = process.env

// Without a secret of yours, invitations last until the server stops.
const tickets = createTickets({ secrets: [TICKET_SECRET ?? randomBytes(32).toString('hex')] })
const project = projectFromEnv(process.env)
const ttl = Number(TOKEN_TTL_SECONDS)

const handler = createTokenHandler({
  project,
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  authenticate: tickets.authenticate,
  // The guest's uid stands in the ticket; so do the channel and the highest role, which hold in any case.
  authorize: ({ subject }) => allow({ identity: { uid: subject.uid }, role: 'publisher' }),
})

const server = createServer(toNodeListener(handler)) // POST /v1/tokens
await once(server.listen(Number(PORT), '127.0.0.1'), 'listening')
await invite('ann', { uid: 1, channel: 'room-42', role: 'publisher' })
await invite('bob', { uid: 2, channel: 'room-42', role: 'subscriber' })

// Each guest needs an invitation: two users with one uid put each other out.
async function invite(id, { uid, channel, role }) {
  const ticket = await tickets.issue({ id, uid }, '4h', { channel, role })
  // Behind #, where no server and no log sees it.
  const invitation = new URLSearchParams({ appId: project.appId, channel, role, ticket })
  console.log(`${id}: http://127.0.0.1:${server.address().port}/#${invitation}`)
}
