import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { allow, createTickets, createTokenHandler, deny, projectFromEnv } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import express from 'express'
import { AGENT_UID, startAgent, stopAgent } from './agent.mjs'

for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
const { PORT = '3000', TICKET_SECRET, TOKEN_TTL_SECONDS = '3600' } = process.env

// Without a secret of yours, invitations last until the server stops.
const tickets = createTickets({ secrets: [TICKET_SECRET ?? randomBytes(32).toString('hex')] })
const project = projectFromEnv(process.env)
const ttl = Number(TOKEN_TTL_SECONDS)
// Each user talks with an agent in a channel of their own.
const channelOf = ({ id }) => `agent-${id}`

const handler = createTokenHandler({
  project,
  ttl: { default: ttl, max: ttl, min: Math.min(ttl, 60) },
  services: ['rtc', 'rtm'], // speech, and the words of both as messages
  authenticate: tickets.authenticate,
  authorize({ subject, wish }) {
    if (wish.channel && wish.channel !== channelOf(subject)) return deny('channel_forbidden')
    return allow({ identity: { uid: subject.uid }, role: 'publisher' })
  },
})

/** Has `act` done for the agent of the user that the ticket names. The page sees nothing of it. */
const forAgent = (act) => async (request, response) => {
  const { authorization = '' } = request.headers
  const ticket = new Request('http://localhost', { headers: { authorization } })
  const user = await tickets.authenticate(ticket, { signal: AbortSignal.timeout(5000) })
  if (!user) return response.sendStatus(401)
  const channel = channelOf(user)
  // A token under the same policy, in the place of the user.
  const { token } = await handler.issue({ ...user, uid: AGENT_UID }, { channel, role: 'publisher' })
  await act({ appId: project.appId, channel, token, uid: user.uid })
  return response.sendStatus(204)
}

const server = express()
  .use(toNodeListener(handler)) // POST /v1/tokens
  .put('/agent', forAgent(startAgent))
  .delete('/agent', forAgent(stopAgent))
  .use(express.static('page/dist'))
  .use((error, _request, response, _next) => {
    console.error(error.message)
    response.sendStatus(502)
  })
  .listen(Number(PORT), '127.0.0.1', async () => {
    for (const [id, uid] of Object.entries({ ann: 1, bob: 2 })) {
      const ticket = await tickets.issue({ id, uid }, '4h')
      const invitation = { appId: project.appId, channel: channelOf({ id }), uid, ticket }
      // Behind #, where no server and no log sees it.
      const hash = new URLSearchParams(invitation)
      console.log(`${id}: http://127.0.0.1:${server.address().port}/#${hash}`)
    }
  })
