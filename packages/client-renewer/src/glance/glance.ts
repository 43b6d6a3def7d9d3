import { byteReader } from './byte-reader.ts'
import { fromBase64 } from './from-base64.ts'
import { inflate } from './inflate.ts'

const DAY = 86_400
const JOIN = 1
const RTM_LOGIN = 1000
/** How many texts a service of each type holds, up to RTM with permissions. */
const TEXTS = [0, 2, 1, 2, 0, 1, 2, 0, 1]
const RTC = 1
const APAAS = 7

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
  try {
    if (token.startsWith('006')) return glance006(token)
    return token.startsWith('007') ? glance007(token) : undefined
  } catch {
    return undefined
  }
}

function glance006(token: string): Glance {
  const reader = byteReader(fromBase64(token.slice(35)))
  reader.text()
  // Two checksums, the length of what follows, the salt.
  reader.skip(14)
  const end = reader.number(4)
  const privileges = reader.privileges()
  const ownEnd = privileges.get(JOIN) || privileges.get(RTM_LOGIN) || end
  // It holds its end only as a moment; builders put that a day after its issue.
  const issuedAt = end - DAY
  return {
    appId: token.slice(3, 35),
    issuedAt,
    life: Math.min(end, ownEnd) - issuedAt,
    services: [],
  }
}

function glance007(token: string): Glance {
  const reader = byteReader(inflate(fromBase64(token.slice(3)), 2))
  reader.text()
  const appId = reader.text()
  const issuedAt = reader.number(4)
  let life = reader.number(4)
  reader.skip(4)
  const services: ServiceGlance[] = []
  for (let left = reader.number(2); left > 0; left--) {
    const type = reader.number(2)
    const join = reader.privileges().get(JOIN)
    if (type === RTC && join) life = Math.min(life, join)
    const texts = Array.from({ length: TEXTS[type] ?? 0 }, () => reader.text())
    services.push({ type, texts })
    // Where this one ends, and so what follows it, takes more than counting texts.
    if (type >= APAAS && left > 1) return { appId, issuedAt, life, services: [] }
  }
  return { appId, issuedAt, life, services }
}
