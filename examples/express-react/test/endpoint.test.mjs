import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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
const env = { AGORA_APP_ID: project.appId, AGORA_APP_CERTIFICATE: project.appCertificate }
const folder = mkdtempSync(join(tmpdir(), 'express-react-'))
const DATABASE = join(folder, 'data.sqlite')
const server = spawn(process.execPath, ['server.mjs'], {
  env: { ...process.env, ...env, DATABASE, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
after(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

const cookies = {}
let url
before(async () => {
  const passwords = {}
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('http')) url = line
    else passwords[line.slice(0, 3)] = line.slice(5)
    if (url) break
  }
  for (const [name, password] of Object.entries(passwords)) {
    const reply = await post('login', { name, password })
    cookies[name] = reply.headers.getSetCookie()[0].split(';')[0]
  }
})

const post = (path, body, cookie = '') =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
const ask = async (cookie, wish) => (await post('agora/v1/tokens', wish, cookie)).json()

test('gives each member a token for their own uid and role', async () => {
  const [ann, bob] = [
    await ask(cookies.ann, { channel: 'room-42', role: 'publisher' }),
    await ask(cookies.bob, { channel: 'room-42' }),
  ]
  assert.deepEqual([ann.role, bob.role], ['publisher', 'subscriber'])
  verifyToken(ann.token, { ...project, channel: 'room-42', uid: 1 })
  verifyToken(bob.token, { ...project, channel: 'room-42', uid: 2 })
})

test('refuses what a member may not have', async () => {
  const rows = [
    ['', { channel: 'room-42' }, 'unauthenticated'],
    ['session=made-up', { channel: 'room-42' }, 'unauthenticated'],
    [cookies.bob, { channel: 'room-43' }, 'channel_forbidden'],
    [cookies.bob, { channel: 'room-42', uid: 1 }, 'identity_forbidden'],
    [cookies.bob, { channel: 'room-42', role: 'publisher' }, 'role_forbidden'],
  ]
  for (const [cookie, wish, code] of rows) {
    assert.equal((await ask(cookie, wish)).code, code, JSON.stringify(wish))
  }
})

test('logs in with the right password only, and ends a session', async () => {
  for (const password of ['', 'wrong', { $ne: '' }]) {
    assert.equal((await post('login', { name: 'ann', password })).status, 401)
  }
  await post('logout', {}, cookies.ann)
  assert.equal((await ask(cookies.ann, { channel: 'room-42' })).code, 'unauthenticated')
})

test('rtc-token doctor finds nothing wrong', () => {
  const wish = ['--header', `cookie: ${cookies.bob}`, '--channel', 'room-42']
  const args = ['rtc-token', 'doctor', `${url}agora/v1/tokens`, ...wish]
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
})

test('refuses a session that has expired', async () => {
  const database = new Database(DATABASE)
  database.exec('UPDATE session SET ends_at = unixepoch() - 1')
  database.close()
  assert.equal((await ask(cookies.bob, { channel: 'room-42' })).code, 'unauthenticated')
})
