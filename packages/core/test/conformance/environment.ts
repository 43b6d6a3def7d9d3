import { createToken, rtc, TokenError, verifyToken } from '@rtc-token/core'
import { decodeToken } from '@rtc-token/core/inspect'
import { AccessToken2, Service } from '@rtc-token/core/builders'
import * as accessTokenPackage from '@rtc-token/core/compat/agora-access-token'
import * as tokenPackage from '@rtc-token/core/compat/agora-token'
import { encodeBase64 } from '#encode-base64'
import { hmacSha256 } from '../../src/crypto/hmac-sha256.ts'
import { type Check, mustEqual } from './check.ts'
import { bytesOf, hex, hmac, toBase64 } from './oracle.ts'
import { random, times } from './random.ts'

type Implementation = 'node' | 'portable'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) } as const

/** Which of the two implementations the conditions of the runtime picked. Their own words tell. */
export const IMPLEMENTATIONS: { readonly base64: Implementation } = {
  base64: String(encodeBase64).includes('Buffer') ? 'node' : 'portable',
}

/** What the package takes from the runtime: time, randomness, and its share of the work. */
export const environment: readonly Check[] = [
  {
    name: 'environment: a token is signed for now, with another salt each time',
    run: () => {
      const tokens = times(300, () => signNow())
      mustEqual(new Set(tokens).size, tokens.length, 'different tokens')
      for (const token of tokens) verifyToken(token, { ...PROJECT, channel: 'room', uid: 1 })
    },
  },
  {
    name: 'environment: HMAC is what WebCrypto says it is, for keys and messages of every length',
    run: async () => {
      const pick = random(3)
      const kept = bytes(pick, 32)
      for (const length of [0, 1, 32, 55, 56, 63, 64, 65, 119, 128, 1024, 1025, 70_000]) {
        const message = bytes(pick, length)
        for (const key of [kept, bytes(pick, length % 100 || 1), kept]) {
          const expected = hex(await hmac(key, message))
          mustEqual(hex(hmacSha256(key, message)), expected, `HMAC of ${length} bytes`)
        }
      }
    },
  },
  {
    name: 'environment: base64 is what btoa says it is, for bytes of every length',
    run: () => {
      const pick = random(4)
      for (const length of [...times(70, (length) => length), 8191, 8192, 8193, 100_000]) {
        const content = bytes(pick, length)
        mustEqual(encodeBase64(content), toBase64(content), `base64 of ${length} bytes`)
      }
    },
  },
  {
    name: 'environment: the drop-in packages sign what verifies',
    run: () => {
      const { appId, appCertificate } = PROJECT
      const [role, uid] = [1, 1]
      const builders = [tokenPackage.RtcTokenBuilder, accessTokenPackage.RtcTokenBuilder] as const
      const tokens = [
        builders[0].buildTokenWithUid(appId, appCertificate, 'room', uid, role, 60, 60),
        builders[1].buildTokenWithUid(appId, appCertificate, 'room', uid, role, 0),
      ]
      for (const token of tokens) verifyToken(token, { ...PROJECT, channel: 'room', uid })
    },
  },
  {
    name: 'environment: bytes of an unknown service are a Uint8Array, and no Buffer',
    run: () => {
      const token = new AccessToken2(PROJECT.appId, PROJECT.appCertificate)
      token.addService(new Service(999))
      const [service] = onlyServices(token.build())
      const { bytes } = service as { readonly bytes: Uint8Array }
      mustEqual(Object.getPrototypeOf(bytes) === Uint8Array.prototype, true, 'a Uint8Array')
    },
  },
  {
    name: 'environment: an error is a TokenError with its name, code and message, and a stack',
    run: () => {
      const error = new TokenError('TTL_INVALID', 'no')
      mustEqual([String(error), error.code], ['TokenError: no', 'TTL_INVALID'], 'the error')
      mustEqual(error instanceof Error && typeof error.stack, 'string', 'the stack')
    },
  },
  {
    name: 'environment: text outside ASCII is written as UTF-8',
    run: () => mustEqual(hex(bytesOf('é好\u{1f3a5}')), 'c3a9e5a5bdf09f8ea5', 'UTF-8'),
  },
]

function signNow(): string {
  const services = [rtc({ channel: 'room', uid: 1, role: 'publisher' })]
  return createToken({ ...PROJECT, ttl: 60, services })
}

function onlyServices(token: string): readonly unknown[] {
  const claims = decodeToken(token)
  return claims.version === '007' ? claims.services : []
}

function bytes(pick: (limit: number) => number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(times(length, () => pick(256)))
}
