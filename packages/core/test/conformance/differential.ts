import { createToken, decodeToken, verifyToken, type VerifyExpectations } from '@rtc-token/core'
import { AccessToken2 } from '@rtc-token/core/builders'
import { type Check, mustEqual } from './check.ts'
import { bytesOf, digestOf, hmac } from './oracle.ts'
import { random, times } from './random.ts'
import { type Grant, largeGrant, randomGrant } from './random-grants.ts'
import recorded from './recorded.json' with { type: 'json' }
import { contentOf } from './token-content.ts'

const pick = random(20_261_006)
const GRANTS: readonly Grant[] = [...times(500, () => randomGrant(pick)), largeGrant(pick)]
const SIGNATURE = { start: 2, end: 34 } as const

// The digest in `recorded.json` changes only where tokens are meant to change; the failed check says
// the new one. All other digests are compared between the runtimes of one run.

/** Random grants: our own code against itself, against the runtime, and against other runtimes. */
export const differential: readonly Check[] = [
  {
    name: 'differential: equal grants give the tokens that were recorded',
    run: async (notes) => {
      const digest = await digestOf(GRANTS.map(createToken))
      notes.set('tokens', digest)
      mustEqual(digest, recorded.tokens, 'SHA-256 of all tokens')
    },
  },
  {
    name: 'differential: every token is found good, for those it is for',
    run: () => GRANTS.forEach((grant) => verifyToken(createToken(grant), expectationsOf(grant))),
  },
  {
    name: 'differential: what a token says is the same wherever it is read',
    run: async (notes) => {
      const claims = GRANTS.map((grant) => decodeToken(createToken(grant)))
      notes.set('claims', await digestOf(claims.map((claim) => JSON.stringify(claim))))
    },
  },
  {
    name: 'differential: a 007 token that was read is written as the same token',
    run: () => only007().forEach((grant) => mustEqual(rewrite(grant), createToken(grant), 'token')),
  },
  {
    name: `differential: the runtime's zlib expands a token to what WebCrypto signs`,
    run: () => each(only007(), mustBeSigned007),
  },
  {
    name: 'differential: WebCrypto signs a 006 token as it is signed',
    run: () => each(only006(), mustBeSigned006),
  },
]

function only006(): Grant[] {
  return GRANTS.filter(({ version }) => version === '006')
}

function only007(): Grant[] {
  return GRANTS.filter(({ version }) => version !== '006')
}

async function each(grants: readonly Grant[], check: (grant: Grant) => Promise<void>) {
  await Promise.all(grants.map(check))
}

function rewrite(grant: Grant): string {
  const token = new AccessToken2(grant.appId, grant.appCertificate)
  token.fromString(createToken(grant))
  return token.build()
}

/** A certificate is the message of the first HMAC and the issue time its key; the salt is the next key. */
async function mustBeSigned007(grant: Grant): Promise<void> {
  const { appCertificate, issuedAt, salt } = grant
  const content = await contentOf(createToken(grant))
  const timeKey = await hmac(u32(issuedAt), bytesOf(appCertificate))
  const signature = await hmac(await hmac(u32(salt), timeKey), content.slice(SIGNATURE.end))
  mustEqual(Array.from(content.slice(SIGNATURE.start, SIGNATURE.end)), Array.from(signature), '007')
}

async function mustBeSigned006(grant: Grant): Promise<void> {
  const { channel, account, userId } = expectationsOf(grant)
  const content = await contentOf(createToken(grant))
  // Behind the signature stand two checksums of four bytes and the length of the message.
  const message = content.slice(SIGNATURE.end + 4 + 4 + 2)
  const names = bytesOf(grant.appId + (userId ?? `${channel}${isForAnybody(grant) ? '' : account}`))
  const signature = await hmac(bytesOf(grant.appCertificate), Uint8Array.of(...names, ...message))
  mustEqual(Array.from(content.slice(SIGNATURE.start, SIGNATURE.end)), Array.from(signature), '006')
}

function isForAnybody({ services: [first] }: Grant): boolean {
  return first?.service === 'rtc' && first.anyUser === true
}

/** The user and place of a token, by the first service that names them. A uid is an account in decimal. */
function expectationsOf(grant: Grant): VerifyExpectations & { readonly appCertificate: string } {
  const { appId, appCertificate, issuedAt, services } = grant
  const own = { appId, appCertificate, now: issuedAt }
  const [first] = services
  if (first?.service === 'rtm') return { ...own, userId: first.userId }
  if (first?.service !== 'rtc') return own
  const { channel, uid, account = String(uid ?? 'anybody') } = first
  return { ...own, channel, account }
}

function u32(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
}
