import { deflateSync } from 'node:zlib'

import { chat, createToken, type CreateTokenOptions, rtc, rtm } from '@rtc-token/core'
import { RtcRole, RtcTokenBuilder } from '@rtc-token/core/compat/agora-token'

import type { Target } from './attack.ts'

/** 32 hexadecimal digits that are no certificate of the target. */
export const FOREIGN_CERTIFICATE = '0123456789abcdef0123456789abcdef'

type Mint = (overrides?: Partial<CreateTokenOptions>) => string

/** Tokens of the target, as an attacker may have caught them, and others that look like them. */
export interface StolenTokens {
  /** For uid 1234 in `room-42`, unless the overrides say otherwise. */
  readonly mint: Mint
  /** Signed by the target's certificate, which is possible with other builders only. */
  readonly anyChannel: string
  readonly anyUser: string
  readonly blankChannel: string
  readonly blankAccount: string
  readonly wildcardAccount: string
  /** Of the right form, with content that expands a thousandfold. */
  readonly bomb: string
}

/** The user of every genuine token here. */
export const ALICE = { channel: 'room-42', uid: 1234, role: 'subscriber' } as const

/** Makes what an attacker of this target may have come by. */
export function stolenFrom(target: Target): StolenTokens {
  const { appId, appCertificate, now: issuedAt } = target
  const standard = { appId, appCertificate, issuedAt, ttl: 3600, services: [rtc(ALICE)] }
  const build = (channel: string, account: string): string =>
    RtcTokenBuilder.buildTokenWithUserAccount(
      appId,
      appCertificate,
      channel,
      account,
      RtcRole.SUBSCRIBER,
      3600,
      3600,
    )
  return {
    mint: (overrides) => createToken({ ...standard, ...overrides }),
    anyChannel: build('*', '1234'),
    anyUser: build('room-42', ''),
    blankChannel: build(' ', '1234'),
    blankAccount: build('room-42', ' '),
    wildcardAccount: build('room-42', '*'),
    bomb: zlibBomb(),
  }
}

/** Tokens for several users or several channels, of which no one identity can be read. */
export const CROWDS = {
  channels: [rtc(ALICE), rtc({ ...ALICE, channel: 'room-43' })],
  users: [rtc(ALICE), rtm({ userId: 'bob' })],
  chatUser: [rtc(ALICE), chat({ userId: 'bob' })],
} as const

// 4 MiB of zeros in 5 KB of text.
function zlibBomb(): string {
  return `007${deflateSync(new Uint8Array(4 * 2 ** 20)).toString('base64')}`
}
