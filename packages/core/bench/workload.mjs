// The inputs of the comparison: many users in many rooms, so that no candidate can keep a result.

import { createRequire } from 'node:module'
import { createToken, decodeToken, rtc, verifyToken } from '@rtc-token/core'
import { jwtVerify, SignJWT } from 'jose'
import { AccessToken as LivekitToken } from 'livekit-server-sdk'

const require = createRequire(import.meta.url)
const agora007 = require('agora-token')
const agora006 = require('agora-access-token')
const { AccessToken2 } = require('agora-token/src/AccessToken2.js')

const USERS = 1000
const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const secret = new TextEncoder().encode(appCertificate)

/** The project of all tokens. */
export const PROJECT = { appId, appCertificate }

/** As long as `room-42` and 1234, and as names often are. */
export const NAMES = {
  short: users((i) => ({ channel: `room-${10 + (i % 90)}`, uid: 1000 + i })),
  long: users((i) => ({
    channel: `${String(i).padStart(8, '0')}-4f1c-9a7e-room-0123456789`.slice(0, 32),
    uid: 2_882_341_273 + i,
  })),
}

/**
 * Everything that is compared: what it is, how we do it, how others do it.
 *
 * @param {readonly { channel: string, uid: number }[]} names
 */
export async function comparisons(names) {
  const tokens007 = names.map((name, i) => tokenOf(name, '007', i))
  const tokens006 = names.map((name, i) => tokenOf(name, '006', i))
  return [
    {
      what: 'mint 007',
      ours: (i) => mint(names[i % USERS], '007'),
      others: {
        'agora-token': (i) => mintAgora007(names[i % USERS]),
        'livekit-server-sdk': (i) => mintLivekit(names[i % USERS]),
        jose: (i) => mintJwt(names[i % USERS]),
      },
    },
    {
      what: 'mint 006',
      ours: (i) => mint(names[i % USERS], '006'),
      others: { 'agora-access-token': (i) => mintAgora006(names[i % USERS]) },
    },
    {
      what: 'decode and verify 007',
      ours: (i) => verify(tokens007[i % USERS], names[i % USERS]),
      others: {
        'agora-token': (i) => verifyAgora007(tokens007[i % USERS]),
        jose: await verifyJwts(names),
      },
    },
    {
      what: 'decode and verify 006',
      ours: (i) => verify(tokens006[i % USERS], names[i % USERS]),
      others: {},
    },
    { what: 'decode 007', ours: (i) => decodeToken(tokens007[i % USERS]), others: {} },
    { what: 'decode 006', ours: (i) => decodeToken(tokens006[i % USERS]), others: {} },
  ]
}

/** @param {(i: number) => { channel: string, uid: number }} make */
function users(make) {
  return Array.from({ length: USERS }, (_, i) => make(i))
}

// All options as literals. Members that follow a spread, as in `{ ...project, ttl }`, take V8 some µs, which
// would be measured here and which the functions of the other packages, with their rows of parameters, never pay.
function mint({ channel, uid }, version) {
  const services = [rtc({ channel, uid, role: 'publisher' })]
  return createToken({ appId, appCertificate, ttl: 3600, version, services })
}

/** Each token is a second older than the one before, as tokens of a day's callers are. */
function tokenOf({ channel, uid }, version, age) {
  const issuedAt = Math.floor(Date.now() / 1000) - age
  const services = [rtc({ channel, uid, role: 'publisher' })]
  return createToken({ appId, appCertificate, ttl: 7200, version, services, issuedAt })
}

function verify(token, { channel, uid }) {
  return verifyToken(token, { appCertificate, channel, uid })
}

function mintAgora007({ channel, uid }) {
  const { RtcTokenBuilder } = agora007
  return RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, channel, uid, 1, 3600, 3600)
}

function mintAgora006({ channel, uid }) {
  const { RtcTokenBuilder } = agora006
  const end = Math.floor(Date.now() / 1000) + 3600
  return RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, channel, uid, 1, end)
}

function verifyAgora007(token) {
  const theirs = new AccessToken2('', '', 0, 0)
  return theirs.from_string(token) && theirs.verifySignature(appCertificate)
}

async function mintLivekit({ channel, uid }) {
  const token = new LivekitToken('key', appCertificate, { identity: String(uid), ttl: 3600 })
  token.addGrant({ room: channel, roomJoin: true })
  return await token.toJwt()
}

async function mintJwt({ channel }) {
  const jwt = new SignJWT({ room: channel }).setProtectedHeader({ alg: 'HS256' })
  return await jwt.setExpirationTime('2h').sign(secret)
}

async function verifyJwts(names) {
  const tokens = await Promise.all(names.map(mintJwt))
  return async (i) => await jwtVerify(tokens[i % USERS], secret)
}
