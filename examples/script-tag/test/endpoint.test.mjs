import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { verifyToken } from '@rtc-token/core'
import { createTickets } from '@rtc-token/server'

const appId = '970CA35de60c44645bbae8a215061b33' // made up, as Agora's own samples have it
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const TICKET_SECRET = 'a secret that only this test and its server know'

const env = { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate, TICKET_SECRET, PORT: '0' }
const server = spawn(process.execPath, ['server.mjs'], {
  env: { ...process.env, ...env },
  stdio: ['ignore', 'pipe', 'inherit'],
})
after(() => server.kill())

const guests = {}
let url
before(async () => {
  for await (const line of createInterface({ input: server.stdout })) {
    const [, name, link] = /^(\w+): (.+)$/.exec(line)
    url = new URL('/v1/tokens', link).href
    guests[name] = new URLSearchParams(new URL(link).hash.slice(1)).get('ticket')
    if (guests.ann && guests.bob) return
  }
})

async function ask(ticket, wish) {
  const headers = { authorization: `Bearer ${ticket}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(wish) })
  return response.json()
}

test('gives the speaker a token to speak with, and the listener one to listen', async () => {
  for (const [guest, uid, role] of [
    ['ann', 1, 'publisher'],
    ['bob', 2, 'subscriber'],
  ]) {
    const reply = await ask(guests[guest], { channel: 'room-42', role })
    assert.equal(reply.role, role)
    verifyToken(reply.token, { appId, appCertificate, channel: 'room-42', uid })
  }
})

test('refuses what an invitation is not for', async () => {
  const ended = { secrets: [TICKET_SECRET], clock: () => Date.now() - 86_400_000 }
  const expired = await createTickets(ended).issue({ id: 'ann', uid: 1 }, '1h')
  const forged = await createTickets({ secrets: ['x'.repeat(32)] }).issue({ id: 'ann', uid: 1 }, 60)
  const rows = [
    ['', { channel: 'room-42' }, 'unauthenticated'],
    [expired, { channel: 'room-42' }, 'unauthenticated'],
    [forged, { channel: 'room-42' }, 'unauthenticated'],
    [guests.bob, { channel: 'room-42', role: 'publisher' }, 'role_forbidden'],
    [guests.bob, { channel: 'room-42', uid: 1 }, 'identity_forbidden'],
    [guests.bob, { channel: 'room-43' }, 'channel_forbidden'],
  ]
  for (const [ticket, wish, code] of rows) {
    assert.equal((await ask(ticket, wish)).code, code, JSON.stringify(wish))
  }
})

test('rtc-token doctor finds nothing wrong', () => {
  const credential = ['--header', `authorization: Bearer ${guests.bob}`, '--channel', 'room-42']
  const doctor = spawnSync('npx', ['rtc-token', 'doctor', url, ...credential], { encoding: 'utf8' })
  assert.equal(doctor.status, 0, doctor.stdout + doctor.stderr)
})
