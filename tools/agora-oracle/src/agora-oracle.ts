import { createRequire } from 'node:module'
import type { RtcTokenBuilder as Builder006 } from 'agora-access-token'
import type { RtcTokenBuilder as Builder007 } from 'agora-token'

// Agora's own packages, pinned, as judges: a mistake that our encoder and our decoder share cannot
// pass them. They are CommonJS, and their typings leave out the parts that read tokens.
const require = createRequire(import.meta.url)

interface TheirService {
  readonly __channel_name: Uint8Array
  readonly __uid: Uint8Array
  readonly __privileges: Readonly<Record<string, number>>
}

interface TheirToken007 {
  readonly appId: Uint8Array
  readonly issueTs: number
  readonly expire: number
  readonly salt: number
  from_string(token: string): boolean
  verifySignature(appCertificate: string): boolean
  getServices(type: number): readonly TheirService[]
}

interface TheirToken006 {
  readonly salt: number
  readonly ts: number
  readonly messages: Readonly<Record<string, number>>
  fromString(token: string): boolean
  build(): string
}

// rtc-token-ignore deep-import: what the package does not export is compared too
const {
  AccessToken2,
}: {
  AccessToken2: new (...args: unknown[]) => TheirToken007
} = require('agora-token/src/AccessToken2.js')
// rtc-token-ignore deep-import: what the package does not export is compared too
const {
  AccessToken,
}: {
  AccessToken: new (...args: string[]) => TheirToken006
} = require('agora-token/src/AccessToken.js')

/** Builder of 007 tokens of `agora-token`. */
export const RtcTokenBuilder007: typeof Builder007 = require('agora-token').RtcTokenBuilder

/** Builder of 006 tokens of `agora-access-token`. */
export const RtcTokenBuilder006: typeof Builder006 = require('agora-access-token').RtcTokenBuilder

/** The roles' numbers, the same in both packages. */
export const AGORA_ROLE = { publisher: 1, subscriber: 2 } as const

/** What `agora-token` reads in a 007 token. */
export interface AgoraReading007 {
  readonly appId: string
  readonly issuedAt: number
  readonly expiresIn: number
  readonly salt: number
  /** Whether it finds the signature good. */
  readonly isSigned: boolean
  readonly services: readonly {
    readonly channel: string
    readonly user: string
    /** By number. */
    readonly privileges: Readonly<Record<string, number>>
  }[]
}

/**
 * Has `agora-token` read a 007 token and check its signature.
 *
 * @throws when it cannot read it
 */
export function readWithAgoraToken(token: string, appCertificate: string): AgoraReading007 {
  const theirs = new AccessToken2('', '', 0, 0)
  if (!theirs.from_string(token)) throw new Error('agora-token cannot read the token')
  return {
    appId: text(theirs.appId),
    issuedAt: theirs.issueTs,
    expiresIn: theirs.expire,
    salt: theirs.salt,
    isSigned: theirs.verifySignature(appCertificate),
    services: theirs.getServices(1).map((service) => ({
      channel: text(service.__channel_name),
      user: text(service.__uid),
      privileges: service.__privileges,
    })),
  }
}

/** What `agora-token` reads in a 006 token, and the token it would have written for the same. */
export interface AgoraReading006 {
  readonly salt: number
  readonly tokenExpiresAt: number
  /** By number. */
  readonly privileges: Readonly<Record<string, number>>
  readonly rebuilt: string
}

/**
 * Has `agora-token` read a 006 token and write it again for this channel and user: it checks no
 * signatures of 006, but what it writes is signed.
 *
 * @throws when it cannot read it
 */
export function readWithAgoraToken006(
  token: string,
  appCertificate: string,
  channel: string,
  user: string,
): AgoraReading006 {
  const theirs = new AccessToken('', appCertificate, channel, user)
  if (!theirs.fromString(token)) throw new Error('agora-token cannot read the token')
  const { salt, ts: tokenExpiresAt, messages: privileges } = theirs
  return { salt, tokenExpiresAt, privileges, rebuilt: theirs.build() }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
