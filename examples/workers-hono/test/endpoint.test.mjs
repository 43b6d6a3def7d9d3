import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { verifyToken } from '@rtc-token/core'
import { SignJWT } from 'jose'

const project = {
  appId: '970CA35de60c44645bbae8a215061b33', // made up
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const secret = 'a secret that only this test and its Worker know'
const variables = {
  AGORA_APP_ID: project.appId,
  AGORA_APP_CERTIFICATE: project.appCertificate,
  JWT_SECRET: secret,
}
const vars = Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`])
const wrangler = 'node_modules/wrangler/bin/wrangler.js'
const worker = spawn(
  process.execPath,
  [wrangler, 'dev', '--ip', '127.0.0.1', '--port', '0', ...vars],
  {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
after(() => worker.kill())

let url
before(async () => {
  for await (const line of createInterface({ input: worker.stdout })) {
    const [, origin] = /Ready on (http:\S+)/.exec(line) ?? []
    if (origin) {
      url = `${origin}/agora/v1/tokens`
      break
    }
  }
})

function jwtOf(sub, claims, { key = secret, expires = '1h' } = {}) {
  return new SignJWT({
    sub,
    iss: 'https://login.example',
    aud: 'https://tokens.example',
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(key))
}
const rooms = { 'room-42': 'subscriber' }

async function ask(jwt, wish) {
  const headers = { authorization: `Bearer ${jwt}`, 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(wish) })).json()
}

test('workerd gives a user a token for their own account and role', async () => {
  const ann = await jwtOf('ann', { rooms: { 'room-42': 'publisher' } })
  const reply = await ask(ann, { channel: 'room-42', role: 'publisher' })
  assert.equal(reply.role, 'publisher')
  verifyToken(reply.token, { ...project, channel: 'room-42', account: 'ann' })
})

test('workerd refuses what a user may not have', async () => {
  const bob = await jwtOf('bob', { rooms })
  const rows = [
    ['', {}, 'unauthenticated'],
    [await jwtOf('bob', { rooms }, { key: 'x'.repeat(32) }), {}, 'unauthenticated'],
    [await jwtOf('bob', { rooms }, { expires: '-1h' }), {}, 'unauthenticated'],
    [await jwtOf('bob', { rooms, aud: 'https://other.example' }), {}, 'unauthenticated'],
    [await jwtOf('bob', {}), {}, 'unauthenticated'],
    [bob, { channel: 'room-43' }, 'channel_forbidden'],
    [bob, { channel: 'constructor' }, 'channel_forbidden'],
    [bob, { account: 'ann' }, 'identity_forbidden'],
    [bob, { role: 'publisher' }, 'role_forbidden'],
  ]
  for (const [jwt, wish, code] of rows) {
    assert.equal((await ask(jwt, { channel: 'room-42', ...wish })).code, code, JSON.stringify(wish))
  }
})

test('rtc-token doctor finds nothing wrong', async () => {
  const credential = `authorization: Bearer ${await jwtOf('bob', { rooms })}`
  const args = ['rtc-token', 'doctor', url, '--header', credential, '--channel', 'room-42']
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
})

test('workerd counts what each user asks for', async () => {
  const [eve, bob] = [await jwtOf('eve', { rooms }), await jwtOf('bob', { rooms })]
  const wish = { channel: 'room-42' }
  const replies = await Promise.all(Array.from({ length: 201 }, () => ask(eve, wish)))
  assert.ok(replies.some(({ code }) => code === 'rate_limited'))
  assert.ok((await ask(bob, wish)).token)
})
