import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRenewer, httpSource } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import { createToken, rtc, TokenError, verifyToken } from '@rtc-token/core'
import { RtcTokenBuilder, SimpleTokenBuilder } from '@rtc-token/core/builders'
import agoraAccessToken from '@rtc-token/core/compat/agora-access-token'
import agoraToken, { RtcRole, RtcTokenBuilder as DropIn } from '@rtc-token/core/compat/agora-token'
import { isTokenReply } from '@rtc-token/core/contract'
import { decodeToken, TokenError as Inspected } from '@rtc-token/core/inspect'
import { allow, createTokenHandler } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'

const project = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
const services = [rtc({ channel: 'room', uid: 7, role: 'publisher' })]
for (const version of ['006', '007']) {
  const token = createToken({ ...project, version, ttl: 60, services })
  assert.equal(decodeToken(token).version, version)
  verifyToken(token, { ...project, channel: 'room', uid: 7 })
}

// What one entry point throws, another knows.
assert.equal(Inspected, TokenError)
assert.throws(() => decodeToken('no token'), TokenError)

const { appId, appCertificate } = project
const end = Math.floor(Date.now() / 1000) + 60
const token006 = RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, 'room', 7, 1, end)
verifyToken(token006, { ...project, channel: 'room', uid: 7 })
const simple = new SimpleTokenBuilder(appId, appCertificate, 'room', 7)
assert.ok(simple.initTokenBuilder(token006))
assert.equal(simple.buildToken(), token006)
const dropIn = DropIn.buildTokenWithUid(appId, appCertificate, 'room', 7, RtcRole.PUBLISHER, 60, 60)
verifyToken(dropIn, { ...project, channel: 'room', uid: 7 })
assert.equal(agoraToken.RtcTokenBuilder, DropIn)
assert.equal(typeof agoraAccessToken.RtmTokenBuilder.buildToken, 'function')

const handler = createTokenHandler({ project, authenticate: () => ({}), authorize: () => allow() })
const server = createServer(toNodeListener(handler))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = 'http://127.0.0.1:' + server.address().port + '/v1/tokens'
const source = httpSource({ url, request: { channel: 'room', uid: 7 } })
const scope = { service: 'rtc', channel: 'room', user: 7 }
const signal = AbortSignal.timeout(5000)
const reply = await source({ reason: 'join', scope, attempt: 1, signal })
assert.ok(isTokenReply(reply))
const client = { join: () => {} }
const renewer = createRenewer(rtcNg(client, { appId: project.appId, channel: 'room' }), { source })
assert.equal(renewer.phase, 'idle')
// Under Node the words are the whole sentences, not those of a page.
await assert.rejects(renewer.renew(), { code: 'STOPPED', message: 'there is no session' })
server.closeAllConnections()
server.close()

// Without it, a component of a server that imports the hooks fails in Next.js and its like.
const react = import.meta.resolve('@rtc-token/client-renewer/react')
assert.match(
  readFileSync(new URL(react), 'utf8'),
  /^(?:\/\*[^]*?\*\/|\/\/.*|\s)*["']use client["']/,
)

// Every part that needs nothing else to be installed.
const PARTS = {
  core: [
    'inspect',
    'contract',
    'builders',
    'dynamic-key',
    'sdk-errors',
    'compat/agora-token',
    'compat/agora-access-token',
    'compat/strict',
  ],
  server: [
    'node',
    'fastify',
    'aws-lambda',
    'keys/file',
    'limit/flexible',
    'telemetry/pino',
    'notifications',
    'agora-rest',
  ],
  'client-renewer': [
    'rtc-ng',
    'native',
    'rtm',
    'chat',
    'chat-native',
    'rtc-v3',
    'rtm-v1',
    'shared-source',
    'store',
    'wording',
    'testing',
  ],
}
for (const [name, parts] of Object.entries(PARTS)) {
  for (const part of ['', ...parts]) {
    const exported = await import(`@rtc-token/${name}/${part}`.replace(/\/$/, ''))
    assert.ok(Object.keys(exported).length > 0, `${name}/${part} exports nothing`)
    // A bundler renames what has the name of something else in the same file.
    for (const { name: own = '' } of Object.values(exported)) assert.doesNotMatch(own, /\$\d/)
  }
}
