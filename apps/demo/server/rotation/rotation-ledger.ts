import { decodeToken, fingerprint, isTokenError, verifyToken } from '@rtc-token/core'
import type { RotatingKeys } from './rotation-keys.ts'

/** Where a token was seen first. */
type SeenWhere = 'asked for here' | 'renewed here' | 'shown to the edge'

/** A token as the page may know it. */
export interface SeenToken {
  readonly fingerprint: string
  /** Unix milliseconds. */
  readonly at: number
  readonly where: SeenWhere
  /** The key that signed it; `null` for a key that this project never had. */
  readonly keyId: string | null
  /** Unix seconds. */
  readonly expiresAt: number
  /** Whether it is good now: alive, and of a key in force. */
  readonly isGood: boolean
}

/** Remembers the tokens of a rotation, to say of each who signed it and whether it is good still. */
export interface RotationLedger {
  /** Writes a token down, unless it is there already or is no token. */
  readonly note: (token: string, where: SeenWhere) => void
  /** The latest first. */
  readonly tokens: () => readonly SeenToken[]
  /** The key that signed a token seen before. */
  readonly keyIdOf: (fingerprint: string) => string | null
}

type Entry = Omit<SeenToken, 'isGood'>

const REMEMBERED = 40

/** Creates an empty ledger; `clock` gives unix milliseconds. */
export function createRotationLedger(keys: RotatingKeys, clock: () => number): RotationLedger {
  const entries = new Map<string, Entry>()
  return {
    note(token, where) {
      const name = fingerprint(token)
      const entry = entries.has(name) ? undefined : entryOf(keys, token, where, clock())
      if (entry) entries.set(name, entry)
      const [oldest] = entries.keys()
      if (entries.size > REMEMBERED && oldest !== undefined) entries.delete(oldest)
    },
    tokens: () => [...entries.values()].toReversed().map((entry) => seen(keys, entry, clock())),
    keyIdOf: (name) => entries.get(name)?.keyId ?? null,
  }
}

function entryOf(
  keys: RotatingKeys,
  token: string,
  where: SeenWhere,
  at: number,
): Entry | undefined {
  const expiresAt = endOf(token)
  if (expiresAt === undefined) return undefined
  const signer = keys.known.find(({ certificate }) => isSignedBy(token, certificate))
  return { fingerprint: fingerprint(token), at, where, keyId: signer?.id ?? null, expiresAt }
}

function seen({ inForce }: RotatingKeys, entry: Entry, now: number): SeenToken {
  const isInForce = inForce.some(({ id }) => id === entry.keyId)
  return { ...entry, isGood: isInForce && now < entry.expiresAt * 1000 }
}

function endOf(token: string): number | undefined {
  try {
    return decodeToken(token).expiresAt
  } catch (error) {
    if (isTokenError(error)) return undefined
    throw error
  }
}

// At the moment of its issue, so that its age does not matter.
function isSignedBy(token: string, appCertificate: string): boolean {
  try {
    verifyToken(token, { appCertificate, now: decodeToken(token).expiresAt - 1 })
    return true
  } catch (error) {
    if (isTokenError(error)) return false
    throw error
  }
}
