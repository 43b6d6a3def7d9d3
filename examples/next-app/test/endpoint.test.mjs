import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { verifyToken } from '@rtc-token/core'
import Database from 'libsql'

const project = {
  appId: '970CA35de60c44645bbae8a215061b33', // made up
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const free = createServer().listen(0, '127.0.0.1')
await once(free, 'listening')
const { port } = free.address()
await once(free.close(), 'close')
const folder = mkdtempSync(join(tmpdir(), 'next-app-'))
const DATABASE = join(folder, 'data.sqlite')
const env = {
  ...process.env,
  AGORA_APP_ID: project.appId,
  AGORA_APP_CERTIFICATE: project.appCertificate,
  DATABASE,
  PORT: String(port),
}
const args = ['node_modules/.bin/next', 'start', '--hostname', '127.0.0.1']
const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
after(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

const cookies = {}
const ids = {}
let url
before(async () => {
  const passwords = {}
  for await (const line of createInterface({ input: server.stdout })) {
    url ??= /http:\S+/.exec(line)?.[0]
    const [, email, password] = /^(\S+@\S+): (.+)$/.exec(line) ?? []
    if (email) passwords[email] = password
    if (url && Object.keys(passwords).length === 2) break
  }
  for (const [email, password] of Object.entries(passwords)) {
    const reply = await post('/api/auth/sign-in/email', { email, password })
    const [name] = email.split('@')
    cookies[name] = reply.headers.getSetCookie()[0].split(';')[0]
    ids[name] = (await reply.json()).user.id
  }
})

const post = (path, body, cookie = '') =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify(body),
  })
const ask = async (cookie, wish) => (await post('/api/v1/tokens', wish, cookie)).json()

test('gives each member a token for their own account and role', async () => {
  for (const [name, role] of [
    ['ann', 'publisher'],
    ['bob', 'subscriber'],
  ]) {
    const reply = await ask(cookies[name], { channel: 'room-42', role })
    assert.equal(reply.role, role, JSON.stringify(reply))
    verifyToken(reply.token, { ...project, channel: 'room-42', account: ids[name] })
  }
})

test('refuses what a user may not have', async () => {
  const stranger = { name: 'eve', email: 'eve@example.com', password: 'a long password' }
  const reply = await post('/api/auth/sign-up/email', stranger)
  const [eve] = reply.headers.getSetCookie()[0].split(';')
  const rows = [
    ['', { channel: 'room-42' }, 'unauthenticated'],
    [`${cookies.bob}x`, { channel: 'room-42' }, 'unauthenticated'],
    [eve, { channel: 'room-42' }, 'channel_forbidden'],
    [cookies.bob, { channel: 'room-43' }, 'channel_forbidden'],
    [cookies.bob, { channel: 'room-42', account: ids.ann }, 'identity_forbidden'],
    [cookies.bob, { channel: 'room-42', role: 'publisher' }, 'role_forbidden'],
  ]
  for (const [cookie, wish, code] of rows) {
    assert.equal((await ask(cookie, wish)).code, code, JSON.stringify(wish))
  }
})

test('renders a sign-in for strangers on the server', async () => {
  const page = await (await fetch(url)).text()
  assert.match(page, /<button>Sign in<\/button>/)
})

test('ends a session', async () => {
  await post('/api/auth/sign-out', {}, cookies.ann)
  assert.equal((await ask(cookies.ann, { channel: 'room-42' })).code, 'unauthenticated')
})

test('rtc-token doctor finds nothing wrong', () => {
  const wish = ['--header', `cookie: ${cookies.bob}`, '--channel', 'room-42']
  const args = ['rtc-token', 'doctor', `${url}/api/v1/tokens`, ...wish]
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
})

test('refuses a session that has expired', async () => {
  const database = new Database(DATABASE)
  database.exec("UPDATE session SET expiresAt = '2020-01-01T00:00:00.000Z'")
  database.close()
  assert.equal((await ask(cookies.bob, { channel: 'room-42' })).code, 'unauthenticated')
})
