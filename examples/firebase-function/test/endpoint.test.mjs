import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { verifyToken } from '@rtc-token/core'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

// The function runs in Google's own framework; the keys of Firebase Authentication are those of this test.

const project = {
  appId: '970CA35de60c44645bbae8a215061b33', // made up
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const [firebase, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
const listening = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${server.address().port}`
}
const keySet = { keys: [{ ...(await exportJWK(firebase.publicKey)), kid: 'one', alg: 'RS256' }] }
const keys = createServer((_, response) => response.end(JSON.stringify(keySet)))

let server
let url
before(async () => {
  const free = createServer()
  const { port } = new URL(await listening(free))
  await once(free.close(), 'close')
  const env = {
    ...process.env,
    AGORA_APP_ID: project.appId,
    AGORA_APP_CERTIFICATE: project.appCertificate,
    GCLOUD_PROJECT: 'rooms',
    ID_TOKEN_KEY_SET: await listening(keys),
  }
  const args = ['node_modules/.bin/functions-framework', '--target=agora', `--port=${port}`]
  server = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  url = `http://127.0.0.1:${port}/v1/tokens`
  while (!(await fetch(url).catch(() => undefined))) await new Promise((go) => setTimeout(go, 50))
})
after(() => {
  server.kill()
  keys.close()
})

const idToken = (sub, { key = firebase, audience = 'rooms', ends = '1h' } = {}) =>
  new SignJWT({ rooms: { 'room-42': sub === 'ann' ? 'speaker' : 'listener' } })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(`https://securetoken.google.com/${audience}`)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(ends)
    .sign(key.privateKey)

async function ask(token, wish) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(wish) })
  return response.json()
}

test('Google’s framework, outside of Firebase, gives each user a token for their account and role', async () => {
  for (const [account, role] of [
    ['ann', 'publisher'],
    ['bob', 'subscriber'],
  ]) {
    const reply = await ask(await idToken(account), { channel: 'room-42', role })
    assert.equal(reply.role, role)
    verifyToken(reply.token, { ...project, channel: 'room-42', account })
  }
})

test('refuses what a user may not have', async () => {
  const bob = await idToken('bob')
  const rows = [
    ['', { channel: 'room-42' }, 'unauthenticated'],
    [await idToken('bob', { key: other }), { channel: 'room-42' }, 'unauthenticated'],
    [await idToken('bob', { audience: 'theirs' }), { channel: 'room-42' }, 'unauthenticated'],
    [await idToken('bob', { ends: '-1h' }), { channel: 'room-42' }, 'unauthenticated'],
    [bob, { channel: 'room-43' }, 'channel_forbidden'],
    [bob, { channel: 'toString' }, 'channel_forbidden'],
    [bob, { channel: 'room-42', account: 'ann' }, 'identity_forbidden'],
    [bob, { channel: 'room-42', role: 'publisher' }, 'role_forbidden'],
  ]
  for (const [token, wish, code] of rows) {
    assert.equal((await ask(token, wish)).code, code, JSON.stringify(wish))
  }
})

test('rtc-token doctor finds nothing wrong', async () => {
  const credential = ['--header', `authorization: Bearer ${await idToken('bob')}`]
  const args = ['rtc-token', 'doctor', url, ...credential, '--channel', 'room-42']
  const { status, stdout, stderr } = await run('npx', args)
  assert.equal(status, 0, stdout + stderr)
})

// Not `spawnSync`: the function asks this process for its keys.
async function run(command, args) {
  const child = spawn(command, args)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data) => (stdout += data))
  child.stderr.on('data', (data) => (stderr += data))
  const [status] = await once(child, 'close')
  return { status, stdout, stderr }
}
