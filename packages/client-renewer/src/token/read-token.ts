import { SERVICES } from '@rtc-token/client-renewer/wording'
import { inflate } from './inflate.ts'

/** One service of a token. A member that is `undefined` could not be read, and may be anything. */
export interface ReadService {
  readonly appId: string
  /** RTM with permissions is `rtm`. */
  readonly service?: string | undefined
  readonly channel?: string | undefined
  readonly user?: string | undefined
  /** Seconds from the token's issue until the privilege for the service expires; 0 means as long as the token. */
  readonly life?: number | undefined
}

/** The contents of a token that a renewer needs, unverified. */
export interface ReadToken {
  /** Unix seconds. */
  readonly issuedAt: number
  /**
   * Seconds from `issuedAt` until the token expires. Not capped: a token may claim more than the 24 hours that Agora
   * allows.
   */
  readonly life: number
  readonly services: readonly ReadService[]
}

/** How many names each service has, by its number; plus 4 if something of unknown length follows. */
const NAMES = [4, 2, 1, 2, 0, 1, 2, 6, 5, 0, 0]

/** Reads the next bytes as one little-endian number; `NaN` after the last byte. */
type ReadNumber = (length: number) => number

/**
 * Reads the part of a token of version 006 or 007 that a renewer needs.
 *
 * @returns `undefined` when the token cannot be read
 */
export function readToken(token: string): ReadToken | undefined {
  try {
    const read = token.startsWith('006') ? read006(token) : read007(token)
    // Not a number when the bytes ended too early.
    return read.life >= 0 ? read : undefined
  } catch {
    return undefined
  }
}

function read006(token: string): ReadToken {
  const JOIN = 1
  const RTM_LOGIN = 1000
  const DAY = 86_400
  const read = numberReader(fromBase64(token.slice(35)))
  skipText(read)
  // Two checksums instead of names, the length of the rest, the salt.
  read(14)
  const end = read(4)
  // Version 006 has no issue time. Builders write an expiry time of one day after the issue.
  const issuedAt = end - DAY
  const services = readPrivileges(read).map(([id, endsAt]) => ({
    appId: token.slice(3, 35),
    service: id < RTM_LOGIN ? 'rtc' : 'rtm',
    life: id === JOIN || id === RTM_LOGIN ? (endsAt || end) - issuedAt : undefined,
  }))
  return { issuedAt, life: end - issuedAt, services }
}

function read007(token: string): ReadToken {
  const OPENING = 1
  const read = numberReader(inflate(fromBase64(token.slice(3))))
  skipText(read)
  const appId = readText(read)
  const issuedAt = read(4)
  const life = read(4)
  // The salt.
  read(4)
  const services: ReadService[] = []
  for (let left = read(2); left > 0; left--) {
    const type = read(2)
    const names = NAMES[type] ?? 4
    services.push({
      appId,
      service: SERVICES[type],
      life: new Map(readPrivileges(read)).get(OPENING),
      channel: names & 2 ? readText(read) : undefined,
      user: names & 3 ? readText(read) : undefined,
    })
    if (names & 4 && left > 1) {
      services.push({ appId })
      break
    }
  }
  return { issuedAt, life, services }
}

function numberReader(bytes: readonly number[]): ReadNumber {
  let at = 0
  return (length) => {
    at += length
    let value = 0
    for (let i = 1; i <= length; i++) value = value * 256 + bytes[at - i]!
    return value
  }
}

/** A length in two bytes, then as many bytes of UTF-8. */
function readText(read: ReadNumber): string {
  const bytes = Array.from({ length: read(2) }, () => `%${(read(1) + 256).toString(16).slice(1)}`)
  return decodeURIComponent(bytes.join(''))
}

function skipText(read: ReadNumber): void {
  read(read(2))
}

/** Seconds by the id of a privilege. */
function readPrivileges(read: ReadNumber): [id: number, seconds: number][] {
  return Array.from({ length: read(2) }, () => [read(2), read(4)])
}

function fromBase64(text: string): readonly number[] {
  return Array.from(atob(text), (character) => character.charCodeAt(0))
}
