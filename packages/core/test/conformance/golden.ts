import { decodeToken, isTokenError, type TokenErrorCode, verifyToken } from '@rtc-token/core'
import { decodeToken as inspectToken } from '@rtc-token/core/inspect'
import { callBuilder } from './call-builder.ts'
import { type Check, mustEqual } from './check.ts'
import { hex } from './oracle.ts'
import { signOld } from './sign-old-vector.ts'
import { sign006, sign007 } from './sign-vector.ts'
import { contentOf, pack007 } from './token-content.ts'
import {
  type BuilderVector,
  type OldVector,
  type Vector,
  type Vector006,
  type Vector007,
  VECTORS,
} from './vectors.ts'

// What the references sign and the rules of this package refuse: no channel, an account outside the
// alphabet, an end before the year 2001.
const NOT_SIGNED: Readonly<Record<string, TokenErrorCode>> = {
  f315: 'CLAIM_INVALID',
  f317: 'CHANNEL_INVALID',
  f321: 'ACCOUNT_INVALID',
}

const RTM_LOGIN = 1000

/** Every row of the vectors: what the reference implementations agree on. */
export const golden: readonly Check[] = VECTORS.map((vector) => ({
  name: `golden ${vector.id}: ${whatOf(vector)}`,
  run: () => checkRow(vector),
}))

function whatOf(vector: Vector): string {
  const { request } = vector
  if (request.op === 'builder') return `${request.fn} signs what the references sign`
  return request.version === '006' || request.version === '007'
    ? `a ${request.version} token is signed and read as by the references`
    : `a ${request.version} key is signed as by the references, and named`
}

function checkRow(vector: Vector): Promise<void> | void {
  if (isBuilder(vector)) return mustBe(callBuilder(vector), vector)
  if (is006(vector)) return checkRaw(sign006(vector), vector)
  if (is007(vector)) return checkRaw(read007(vector), vector)
  checkOld(vector)
}

function isBuilder(vector: Vector): vector is BuilderVector {
  return vector.request.op === 'builder'
}

function is006(vector: Vector): vector is Vector006 {
  return vector.request.version === '006'
}

function is007(vector: Vector): vector is Vector007 {
  return vector.request.version === '007'
}

/** A token without services is read and never signed: it opens nothing. */
function read007(vector: Vector007): string {
  if (vector.request.services.length > 0) return sign007(vector)
  mustRefuse(() => sign007(vector), 'SERVICES_INVALID')
  return formsOf(vector)[0] ?? ''
}

function checkOld(vector: OldVector): void {
  const { id, token } = vector
  const refusal = NOT_SIGNED[id]
  if (refusal) mustRefuse(() => signOld(vector), refusal)
  else mustEqual(signOld(vector), token, 'the key')
  mustRefuse(() => decodeToken(token), 'TOKEN_VERSION_UNSUPPORTED')
}

async function checkRaw(token: string, vector: Vector006 | Vector007): Promise<void> {
  await mustBe(token, vector)
  const claims = decodeToken(token)
  for (const form of formsOf(vector)) {
    mustEqual(decodeToken(form), claims, 'what another writer of the same token says')
    mustEqual(inspectToken(form), claims, 'what ./inspect reads')
  }
  const { certificateIndex } = verifyToken(token, expectationsOf(vector))
  mustEqual(certificateIndex, 0, 'the certificate that signed')
}

/** The same token as other zlibs write it. */
function formsOf({ token, inflatedHex }: Vector): string[] {
  const bytes = Uint8Array.from(inflatedHex?.match(/../g) ?? [], (byte) => Number(`0x${byte}`))
  return [...(inflatedHex ? [pack007(bytes)] : []), ...(token ? [token] : [])]
}

async function mustBe(token: string, vector: Vector): Promise<void> {
  const { inflatedHex } = vector
  if (inflatedHex === undefined) return mustEqual(token, vector.token, 'the token')
  mustEqual(hex(await contentOf(token)), inflatedHex, 'the content of the token')
}

// The rows are signed for moments from 1970 to 2106: with so much tolerance all of them are now.
function expectationsOf({ request }: Vector006 | Vector007) {
  const { appId, appCertificate } = request
  const always = { appId, appCertificate, now: 0, clockToleranceSeconds: 2 ** 34 }
  if (request.version === '007') return always
  const { channel, uid, account, privileges } = request
  const isForRtm = account === '' && privileges.some(([id]) => id === RTM_LOGIN)
  if (isForRtm) return { ...always, userId: channel }
  const user = account || (uid ? String(uid) : 'anybody')
  return { ...always, channel, account: user }
}

function mustRefuse(call: () => unknown, code: TokenErrorCode): void {
  try {
    call()
  } catch (error) {
    if (isTokenError(error)) return mustEqual(error.code, code, 'the error')
    throw error
  }
  throw new Error(`${code} expected, but it was accepted`)
}
