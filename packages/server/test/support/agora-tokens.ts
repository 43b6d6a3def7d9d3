import { createRequire } from 'node:module'

import { NOW, PROJECT } from './token-endpoint.ts'

// Tokens that no builder of ours makes, by Agora's own classes. They are CommonJS, and untyped.
const require = createRequire(import.meta.url)

interface TheirService {
  add_privilege(privilege: number, life: number): void
}

interface TheirToken007 {
  add_service(service: TheirService): void
  build(): string
}

interface TheirToken006 {
  ts: number
  addPriviledge(privilege: number, end: number): void
  build(): string
}

const theirs: {
  readonly AccessToken2: new (...args: readonly unknown[]) => TheirToken007
  readonly ServiceRtc: new (channel: string, user: string | number) => TheirService
  readonly ServiceRtm: new (user: string) => TheirService
  readonly ServiceChat: new (user: string) => TheirService
  readonly ServiceStreaming: new (channel: string, user: string) => TheirService
} = require('agora-token/src/AccessToken2.js')
const {
  AccessToken,
}: {
  readonly AccessToken: new (...args: readonly unknown[]) => TheirToken006
} = require('agora-token/src/AccessToken.js')

/** Numbers by the number of a privilege: in 007 seconds from the issue, in 006 moments. */
export type ByPrivilege = Readonly<Record<number, number>>

/** Services by the names of this package. */
export const agoraService = {
  rtc: (channel: string, user: string | number, lives: ByPrivilege) =>
    withLives(new theirs.ServiceRtc(channel, user), lives),
  rtm: (user: string, lives: ByPrivilege) => withLives(new theirs.ServiceRtm(user), lives),
  chat: (user: string, lives: ByPrivilege) => withLives(new theirs.ServiceChat(user), lives),
  streaming: (channel: string, user: string, lives: ByPrivilege) =>
    withLives(new theirs.ServiceStreaming(channel, user), lives),
} as const

function withLives(service: TheirService, lives: ByPrivilege): TheirService {
  for (const [privilege, life] of entriesOf(lives)) service.add_privilege(privilege, life)
  return service
}

/** A token of version 007, by agora-token. */
export function agoraToken007(
  services: readonly TheirService[],
  { issuedAt = NOW, ttl = 3600 }: { readonly issuedAt?: number; readonly ttl?: number } = {},
): string {
  const token = new theirs.AccessToken2(PROJECT.appId, PROJECT.appCertificate, issuedAt, ttl)
  for (const service of services) token.add_service(service)
  return token.build()
}

/** A token of version 006, by agora-token. Of RTM the user stands in place of the channel. */
export function agoraToken006(
  channel: string,
  user: string | number,
  ends: ByPrivilege,
  tokenEnd = NOW + 86_400,
): string {
  const token = new AccessToken(PROJECT.appId, PROJECT.appCertificate, channel, user)
  token.ts = tokenEnd
  for (const [privilege, end] of entriesOf(ends)) token.addPriviledge(privilege, end)
  return token.build()
}

function entriesOf(values: ByPrivilege): readonly (readonly [number, number])[] {
  return Object.entries(values).map(([privilege, value]) => [Number(privilege), value])
}
