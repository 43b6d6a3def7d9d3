import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { verifyToken } from '@rtc-token/core'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'

const project = {
  appId: '970CA35de60c44645bbae8a215061b33', // made up
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const ANN = '7a4f7c0e-3f4e-4f0b-9a7e-0b6d6f1f5a01'
const BOB = '7a4f7c0e-3f4e-4f0b-9a7e-0b6d6f1f5a02'
const MEMBERS = [
  { room: 'room-42', user: ANN, speaks: true },
  { room: 'room-42', user: BOB, speaks: false },
]
const [auth, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')]
const keySet = { keys: [{ ...(await exportJWK(auth.publicKey)), kid: 'one', alg: 'ES256' }] }

// A stand-in for Supabase: its key set, and the rows of `member` that row-level security lets a user see.
const supabase = createServer(({ url, headers }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const answers = {
    '/auth/v1/.well-known/jwks.json': () => keySet,
    '/rest/v1/member': () => rowsOf(headers, searchParams.get('room')),
  }
  response.end(JSON.stringify(answers[pathname]()))
})

function rowsOf({ apikey, authorization }, filter) {
  assert.equal(apikey, 'anon')
  const { sub } = decodeJwt(authorization.slice('Bearer '.length))
  const rows = MEMBERS.filter(({ room, user }) => user === sub && `eq.${room}` === filter)
  return rows.map(({ speaks }) => ({ speaks }))
}

let [url, issuer, server] = []
before(async () => {
  await once(supabase.listen(0, '127.0.0.1'), 'listening')
  const SUPABASE_URL = `http://127.0.0.1:${supabase.address().port}`
  issuer = `${SUPABASE_URL}/auth/v1`
  const keys = { AGORA_APP_ID: project.appId, AGORA_APP_CERTIFICATE: project.appCertificate }
  const env = { ...process.env, ...keys, SUPABASE_URL, SUPABASE_ANON_KEY: 'anon', PORT: '0' }
  server = spawn('npm', ['start'], { env, detached: true })
  const lines = createInterface({ input: server.stderr })
  for await (const line of lines) {
    const [address] = /http:\S+/.exec(line) ?? []
    url = `${address}agora/v1/tokens`
    if (address) break
    console.error(line)
  }
})
after(() => {
  supabase.close()
  process.kill(-server.pid) // npm, and Deno with it
})

const jwt = (sub, { key = auth, audience = 'authenticated', ends = '1h' } = {}) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setExpirationTime(ends)
    .sign(key.privateKey)

async function ask(token, wish) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(wish) })
  return response.json()
}

test('Deno, in the place of Supabase’s own runtime, gives each member a token for their account and role', async () => {
  for (const [account, role] of [
    [ANN, 'publisher'],
    [BOB, 'subscriber'],
  ]) {
    const reply = await ask(await jwt(account), { channel: 'room-42', role })
    assert.equal(reply.role, role, JSON.stringify(reply))
    verifyToken(reply.token, { ...project, channel: 'room-42', account })
  }
})

test('refuses what a user may not have', async () => {
  const bob = await jwt(BOB)
  const rows = [
    ['', { channel: 'room-42' }, 'unauthenticated'],
    [await jwt(BOB, { key: other }), { channel: 'room-42' }, 'unauthenticated'],
    [await jwt(BOB, { audience: 'anon' }), { channel: 'room-42' }, 'unauthenticated'],
    [await jwt(BOB, { ends: '-1h' }), { channel: 'room-42' }, 'unauthenticated'],
    [await jwt(crypto.randomUUID()), { channel: 'room-42' }, 'channel_forbidden'],
    [bob, { channel: 'room-43' }, 'channel_forbidden'],
    [bob, { channel: 'room-42', account: ANN }, 'identity_forbidden'],
    [bob, { channel: 'room-42', role: 'publisher' }, 'role_forbidden'],
  ]
  for (const [token, wish, code] of rows) {
    assert.equal((await ask(token, wish)).code, code, JSON.stringify(wish))
  }
})

test('rtc-token doctor finds nothing wrong', async () => {
  const credential = ['--header', `authorization: Bearer ${await jwt(BOB)}`]
  const { status, output } = await run(['doctor', url, ...credential, '--channel', 'room-42'])
  assert.equal(status, 0, output)
})

// Not `spawnSync`: the function asks this process for keys and rows.
async function run(args) {
  const child = spawn('npx', ['rtc-token', ...args])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [status] = await once(child, 'close')
  return { status, output }
}
