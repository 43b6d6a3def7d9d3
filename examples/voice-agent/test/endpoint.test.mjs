import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { decodeToken, verifyToken } from '@rtc-token/core'
import { createTickets } from '@rtc-token/server'

const project = {
  appId: '970CA35de60c44645bbae8a215061b33', // made up
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const TICKET_SECRET = 'a secret that only this test and its server know'
const PROJECT = `/api/conversational-ai-agent/v2/projects/${project.appId}`

// A stand-in for Agora's API of agents: it reads the token as Agora does.
const calls = []
const agora = createServer((request, response) => void answer(request, response))
async function answer(request, response) {
  const token = /^agora token=(007\S+)$/.exec(request.headers.authorization)?.[1]
  calls.push({ path: request.url, token, body: JSON.parse(await text(request)) })
  response.end(JSON.stringify({ agent_id: 'agent-7', status: 'RUNNING' }))
}

const guests = {}
let [server, url] = []
before(async () => {
  await once(agora.listen(0, '127.0.0.1'), 'listening')
  const env = {
    ...process.env,
    AGORA_APP_ID: project.appId,
    AGORA_APP_CERTIFICATE: project.appCertificate,
    TICKET_SECRET,
    AGORA_API: `http://127.0.0.1:${agora.address().port}`,
    PORT: '0',
  }
  server = spawn(process.execPath, ['server.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: server.stdout })) {
    const [, name, link] = /^(\w+): (.+)$/.exec(line)
    url = new URL('/', link).href
    guests[name] = new URLSearchParams(new URL(link).hash.slice(1)).get('ticket')
    if (guests.ann && guests.bob) break
  }
})
after(() => {
  server.kill()
  agora.close()
})

const headersOf = (ticket) => ({
  authorization: `Bearer ${ticket}`,
  'content-type': 'application/json',
})
const send = (method, path, ticket) => fetch(url + path, { method, headers: headersOf(ticket) })
async function ask(ticket, wish) {
  const init = { method: 'POST', headers: headersOf(ticket), body: JSON.stringify(wish) }
  return (await fetch(`${url}v1/tokens`, init)).json()
}

test('gives a user one token for the call and its messages', async () => {
  const wish = { channel: 'agent-ann', uid: 1, services: ['rtc', 'rtm'], role: 'publisher' }
  const { token } = await ask(guests.ann, wish)
  verifyToken(token, { ...project, channel: 'agent-ann', uid: 1, userId: '1' })
})

test('starts an agent with a token of its own, which the page does not see', async () => {
  const reply = await send('PUT', 'agent', guests.ann)
  assert.deepEqual([reply.status, await reply.text()], [204, ''])
  const [{ path, token, body }] = calls
  assert.equal(path, `${PROJECT}/join`)
  verifyToken(token, { ...project, channel: 'agent-ann', uid: 1000 })
  const { channel, agent_rtc_uid, remote_rtc_uids } = body.properties
  assert.deepEqual([channel, agent_rtc_uid, remote_rtc_uids], ['agent-ann', '1000', ['1']])
  assert.equal(body.properties.token, token)
  assert.equal(decodeToken(token).services.length, 1)
})

test('stops the agent of the user, and of no other', async () => {
  await send('DELETE', 'agent', guests.bob)
  assert.equal(calls.length, 1)
  assert.equal((await send('DELETE', 'agent', guests.ann)).status, 204)
  assert.equal(calls[1].path, `${PROJECT}/agents/agent-7/leave`)
})

test('refuses what a user may not have', async () => {
  const ended = { secrets: [TICKET_SECRET], clock: () => Date.now() - 86_400_000 }
  const expired = await createTickets(ended).issue({ id: 'bob', uid: 2 }, '1h')
  const rows = [
    [expired, { channel: 'agent-bob' }, 'unauthenticated'],
    ['', { channel: 'agent-bob' }, 'unauthenticated'],
    [`${guests.bob}x`, { channel: 'agent-bob' }, 'unauthenticated'],
    [guests.bob, { channel: 'agent-ann' }, 'channel_forbidden'],
    [guests.bob, { channel: 'agent-bob', uid: 1000 }, 'identity_forbidden'],
    [guests.bob, { channel: 'agent-bob', services: ['rtc', 'convoAI'] }, 'invalid_request'],
  ]
  for (const [ticket, wish, code] of rows) {
    assert.equal((await ask(ticket, wish)).code, code, JSON.stringify(wish))
  }
  for (const ticket of ['', expired, `${guests.bob}x`]) {
    assert.equal((await send('PUT', 'agent', ticket)).status, 401)
  }
})

test('rtc-token doctor finds nothing wrong', () => {
  const credential = ['--header', `authorization: Bearer ${guests.bob}`, '--channel', 'agent-bob']
  const args = ['rtc-token', 'doctor', `${url}v1/tokens`, ...credential]
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
})
