import { inflate } from './inflate.ts'

/** One service of a token, as far as a renewer needs it. */
interface ReadService {
  /** As on the wire: 1 RTC, 2 RTM, 5 Chat, 8 RTM with permissions. */
  readonly type: number
  /** For RTC the channel and the user, for the others the user. */
  readonly names: readonly string[]
}

/** What a token says about itself. Nothing of it is verified. */
export interface ReadToken {
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /**
   * Seconds from `issuedAt` to the end of the token, or of its privilege to join when that ends
   * earlier. Not capped: a token may say more than the 24 hours for which the service accepts it.
   */
  readonly life: number
  /**
   * Empty for version 006, which holds checksums in place of names, and when the token contains a
   * service whose length this reader does not know.
   */
  readonly services: readonly ReadService[]
}

/** Reads the next bytes as one number, little-endian. NaN after the last byte. */
type ReadNumber = (length: number) => number

/**
 * Reads as much of a token of version 006 or 007 as a renewer needs.
 *
 * @returns undefined when the token cannot be read
 */
export function readToken(token: string): ReadToken | undefined {
  const readers: Readonly<Record<string, ((token: string) => ReadToken) | undefined>> = {
    '006': read006,
    '007': read007,
  }
  try {
    const read = readers[token.slice(0, 3)]?.(token)
    // Not a number when the bytes ended too early.
    return read && read.life >= 0 ? read : undefined
  } catch {
    return undefined
  }
}

function read006(token: string): ReadToken {
  const JOIN = 1
  const RTM_LOGIN = 1000
  const DAY = 86_400
  const read = numberReader(fromBase64(token.slice(35)))
  readText(read)
  // Two checksums, the length of the rest, the salt.
  read(14)
  const end = read(4)
  const ends = readPrivileges(read)
  // Version 006 has no issue time. Builders let a token end one day after its issue.
  const issuedAt = end - DAY
  const life = Math.min(end, ends.get(JOIN) || ends.get(RTM_LOGIN) || end) - issuedAt
  return { appId: token.slice(3, 35), issuedAt, life, services: [] }
}

function read007(token: string): ReadToken {
  const JOIN = 1
  const RTC = 1
  const APAAS = 7
  /** How many names a service of each type has, up to RTM with permissions. */
  const NAMES = [0, 2, 1, 2, 0, 1, 2, 0, 1]
  const read = numberReader(inflate(fromBase64(token.slice(3))))
  readText(read)
  const appId = readText(read)
  const issuedAt = read(4)
  let life = read(4)
  // The salt.
  read(4)
  const services: ReadService[] = []
  for (let left = read(2); left > 0; left--) {
    const type = read(2)
    const join = readPrivileges(read).get(JOIN)
    if (type === RTC && join) life = Math.min(life, join)
    services.push({ type, names: Array.from({ length: NAMES[type]! }, () => readText(read)) })
    // From this type on a service holds more than names, so the next one cannot be found.
    if (type >= APAAS && left > 1) return { appId, issuedAt, life, services: [] }
  }
  return { appId, issuedAt, life, services }
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

/** A length in two bytes, then as many bytes. A character outside ASCII becomes several. */
function readText(read: ReadNumber): string {
  return String.fromCharCode(...Array.from({ length: read(2) }, () => read(1)))
}

/** Seconds by the id of a privilege. */
function readPrivileges(read: ReadNumber): ReadonlyMap<number, number> {
  return new Map(Array.from({ length: read(2) }, () => [read(2), read(4)]))
}

/** Decodes base64 leniently: invalid characters decode to arbitrary bytes. React Native may lack `atob`. */
function fromBase64(text: string): readonly number[] {
  const bytes: number[] = []
  let value = 0
  for (let i = 0; i < text.length; i++) {
    value = (value << 6) | sixBits(text.charCodeAt(i))
    // Four characters are three bytes: each of them but the first completes one.
    const place = i % 4
    if (place > 0) bytes.push((value >> (6 - 2 * place)) & 0xff)
  }
  return bytes
}

/** The value of a base64 character by its code: `a` to `z`, `A` to `Z`, `0` to `9`, `+`, `/`. */
function sixBits(code: number): number {
  if (code > 96) return code - 71
  if (code > 64) return code - 65
  return code > 47 ? code + 4 : code === 43 ? 62 : 63
}
