// Our minting, reading and verifying beside Agora's own packages and two JWT libraries, as ratios of
// one run. `--json FILE` writes the figures as JSON too.

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { createToken, decodeToken, rtc, verifyToken } from '@rtc-token/core'
import { jwtVerify, SignJWT } from 'jose'
import { AccessToken as LivekitToken } from 'livekit-server-sdk'
import { compare } from './compare.mjs'

const require = createRequire(import.meta.url)
const agora007 = require('agora-token')
const agora006 = require('agora-access-token')
const { AccessToken2 } = require('agora-token/src/AccessToken2.js')

const ROUNDS = 7
const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const project = [appId, appCertificate]
const secret = new TextEncoder().encode(appCertificate)
const moment = () => Math.floor(Date.now() / 1000) + 3600
const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
const mint = (version) => createToken({ appId, appCertificate, ttl: 3600, version, services })
const token = mint('007')
const jwt = () => new SignJWT({ room: 'room-42' }).setProtectedHeader({ alg: 'HS256' })
const signedJwt = await jwt().setExpirationTime('1h').sign(secret)

const groups = {
  'mint 007': {
    'rtc-token': () => mint('007'),
    'agora-token': () =>
      agora007.RtcTokenBuilder.buildTokenWithUid(...project, 'room-42', 1234, 1, 3600, 3600),
    'jose HS256': async () => await jwt().setExpirationTime('1h').sign(secret),
    'livekit-server-sdk': async () => {
      const livekit = new LivekitToken('key', appCertificate, { identity: '1234', ttl: 3600 })
      livekit.addGrant({ room: 'room-42', roomJoin: true })
      return await livekit.toJwt()
    },
  },
  'mint 006': {
    'rtc-token': () => mint('006'),
    'agora-access-token': () =>
      agora006.RtcTokenBuilder.buildTokenWithUid(...project, 'room-42', 1234, 1, moment()),
  },
  'decode and verify 007': {
    'rtc-token': () => verifyToken(token, { appCertificate, channel: 'room-42', uid: 1234 }),
    'agora-token': () => {
      const theirs = new AccessToken2('', '', 0, 0)
      return theirs.from_string(token) && theirs.verifySignature(appCertificate)
    },
    'jose HS256': async () => await jwtVerify(signedJwt, secret),
  },
  'decode 007': { 'rtc-token': () => decodeToken(token) },
}

const results = {}
for (const [group, candidates] of Object.entries(groups)) {
  process.stdout.write(`\n${group}\n`)
  results[group] = await compare(candidates, ROUNDS)
  for (const { name, microseconds, timesOurs } of results[group]) {
    const figures = `${microseconds.toFixed(2).padStart(8)} µs  ${timesOurs.toFixed(1).padStart(5)} ×`
    process.stdout.write(`  ${name.padEnd(20)}${figures}\n`)
  }
}

const json = process.argv.indexOf('--json')
if (json > 0) {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  writeFileSync(process.argv[json + 1], JSON.stringify({ machine, results }, null, 2))
}
