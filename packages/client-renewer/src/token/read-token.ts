import { fromBase64 } from './from-base64.ts'
import { inflate } from './inflate.ts'

/** For whom a service of a token is. */
interface ServiceGlance {
  /** As on the wire: 1 RTC, 2 RTM, 5 Chat, 8 RTM with permissions. */
  readonly type: number
  /** Of RTC channel and user, of the others the user. */
  readonly texts: readonly string[]
}

/** What a token says of itself, unverified. */
export interface Glance {
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Seconds from then to its end or that of its right to join; may say more than the 24 hours it gets. */
  readonly life: number
  /** None for 006, which holds only checksums, and where not all of them can be told apart. */
  readonly services: readonly ServiceGlance[]
}

/** Reads as much of a token of version 006 or 007 as a renewer needs. Undefined: it cannot be read. */
export function glance(token: string): Glance | undefined {
  let bytes: readonly number[]
  let at = 0
  try {
    const readers: Readonly<Record<string, () => Glance>> = { '006': read006, '007': read007 }
    // There is no reader of any other version: that is an error like the others.
    const said = readers[token.slice(0, 3)]!()
    return said.life >= 0 ? said : undefined
  } catch {
    return undefined
  }

  function read006(): Glance {
    const JOIN = 1
    const RTM_LOGIN = 1000
    const DAY = 86_400
    bytes = fromBase64(token.slice(35))
    text()
    // Two checksums, the length of what follows, the salt.
    at += 14
    const end = number(4)
    const ends = privileges()
    // It holds its end only as a moment; builders put that a day after its issue.
    const issuedAt = end - DAY
    const life = Math.min(end, ends.get(JOIN) || ends.get(RTM_LOGIN) || end) - issuedAt
    return { appId: token.slice(3, 35), issuedAt, life, services: [] }
  }

  function read007(): Glance {
    const JOIN = 1
    const RTC = 1
    const APAAS = 7
    /** How many texts a service of each type holds, up to RTM with permissions. */
    const TEXTS = [0, 2, 1, 2, 0, 1, 2, 0, 1]
    bytes = inflate(fromBase64(token.slice(3)))
    text()
    const appId = text()
    const issuedAt = number(4)
    let life = number(4)
    at += 4
    const services: ServiceGlance[] = []
    for (let left = number(2); left > 0; left--) {
      const type = number(2)
      const join = privileges().get(JOIN)
      if (type === RTC && join) life = Math.min(life, join)
      services.push({ type, texts: Array.from({ length: TEXTS[type]! }, text) })
      // Where this one ends, and so what follows it, takes more than counting texts.
      if (type >= APAAS && left > 1) {
        services.length = 0
        break
      }
    }
    return { appId, issuedAt, life, services }
  }

  /** Little-endian. Past the end there are no numbers any more, only NaN. */
  function number(length: number): number {
    at += length
    let value = 0
    for (let i = 1; i <= length; i++) value = value * 256 + bytes[at - i]!
    return value
  }

  /** A length in two bytes, and as many characters; those outside ASCII come out as several. */
  function text(): string {
    const length = number(2)
    return String.fromCharCode(...bytes.slice(at, (at += length)))
  }

  /** Ids of privileges, and their seconds. */
  function privileges(): ReadonlyMap<number, number> {
    return new Map(Array.from({ length: number(2) }, () => [number(2), number(4)]))
  }
}
