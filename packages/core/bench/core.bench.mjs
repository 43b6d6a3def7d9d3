// Our minting, reading and verifying beside Agora's own packages and two JWT libraries, as ratios of
// one run; then what larger tokens cost. `--json FILE` writes the figures as JSON too.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { createToken, decodeToken, rtc, verifyToken } from '@rtc-token/core'
import { jwtVerify, SignJWT } from 'jose'
import { AccessToken as LivekitToken } from 'livekit-server-sdk'
import { compare } from './compare.mjs'
import { measureGrowth } from './growth.mjs'

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
const expected = { appCertificate, channel: 'room-42', uid: 1234 }
const mint = (version) => {
  const services = [rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })]
  return createToken({ appId, appCertificate, ttl: 3600, version, services })
}
const token = mint('007')
const token006 = mint('006')
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
    'rtc-token': () => verifyToken(token, expected),
    'agora-token': () => {
      const theirs = new AccessToken2('', '', 0, 0)
      return theirs.from_string(token) && theirs.verifySignature(appCertificate)
    },
    'jose HS256': async () => await jwtVerify(signedJwt, secret),
  },
  'decode and verify 006': { 'rtc-token': () => verifyToken(token006, expected) },
  'decode 007': { 'rtc-token': () => decodeToken(token) },
  'decode 006': { 'rtc-token': () => decodeToken(token006) },
}

const date = new Date().toISOString().slice(0, 10)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0]?.toFixed(1) }
const versions = Object.fromEntries(
  ['agora-token', 'agora-access-token', 'jose', 'livekit-server-sdk', 'mitata'].map(versionOf),
)
versions.node = process.versions.node
process.stdout.write(`${date}  ${JSON.stringify(machine)}\n${JSON.stringify(versions)}\n`)

const results = {}
for (const [group, candidates] of Object.entries(groups)) {
  process.stdout.write(`\n${group}\n`)
  results[group] = await compare(candidates, ROUNDS)
  for (const { name, microseconds, timesOurs } of results[group]) {
    const figures = `${figure(microseconds)} µs  ${timesOurs.toFixed(1).padStart(5)} ×`
    process.stdout.write(`  ${name.padEnd(20)}${figures}\n`)
  }
}

const growth = await measureGrowth({ appId, appCertificate })
for (const [what, rows] of Object.entries(growth)) {
  process.stdout.write(`\n${what}: µs in all and for each\n`)
  for (const { size, characters, ...micros } of rows) {
    const figures = Object.entries(micros).map(
      ([name, value]) => `  ${name} ${figure(value)} ${figure(value / size)}`,
    )
    process.stdout.write(
      `  ${String(size).padStart(4)}${figures.join('')}  (${characters} chars)\n`,
    )
  }
}

const json = process.argv.indexOf('--json')
if (json > 0) {
  const report = { date, machine, versions, results, growth }
  writeFileSync(process.argv[json + 1], JSON.stringify(report, null, 2))
}

/** @param {number} value */
function figure(value) {
  return value.toFixed(2).padStart(8)
}

/**
 * The version of an installed package; not every one of them exports its package.json.
 *
 * @param {string} name
 * @returns {[name: string, version: string]}
 */
function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  return [name, JSON.parse(readFileSync(file, 'utf8')).version]
}
