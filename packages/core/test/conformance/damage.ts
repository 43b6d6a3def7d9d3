import { oneOf, type Pick, times } from './random.ts'
import { toBase64 } from './oracle.ts'
import { contentOf, pack007 } from './token-content.ts'

/** A good token, with its content for damage that gets past base64 and zlib. */
export interface Victim {
  readonly token: string
  readonly content: Uint8Array
}

const EXTREMES = ['', '007', '006', '\0', '"', '\ud800', '=', '-', '\u{1f3a5}'] as const
const LIMITS = [0x0000, 0x0001, 0x7fff, 0x8000, 0xffff] as const

/** Prepares tokens to be damaged. */
export async function victimsOf(tokens: readonly string[]): Promise<Victim[]> {
  return Promise.all(tokens.map(async (token) => ({ token, content: await contentOf(token) })))
}

/** A text that once was a token. */
export function damaged(pick: Pick, victims: readonly Victim[]): string {
  const victim = victims[pick(victims.length)]!
  return pick(2) === 0 ? damagedText(pick, victim.token) : damagedContent(pick, victim)
}

/** Cut, doubled in part, with another character, or with a few bits of another. */
function damagedText(pick: Pick, token: string): string {
  const at = pick(token.length)
  const before = token.slice(0, at)
  const kind = pick(4)
  if (kind === 0) return before
  if (kind === 1) return before + token.slice(pick(token.length))
  const other = kind === 2 ? oneOf(pick, EXTREMES) : String.fromCharCode(pick(256))
  return before + other + token.slice(at + 1)
}

/** Flipped bits, counts and lengths at their limits, an early end, something more at the end. */
function damagedContent(pick: Pick, { token, content }: Victim): string {
  const bytes = [...content]
  const at = pick(bytes.length - 1)
  const kind = pick(4)
  if (kind === 0) bytes[at]! ^= 1 << pick(8)
  if (kind === 1) bytes.splice(at, 2, ...u16(oneOf(pick, LIMITS)))
  if (kind === 2) bytes.length = at
  if (kind === 3) bytes.push(...times(pick(40), () => pick(256)))
  const damagedBytes = Uint8Array.from(bytes)
  return token.startsWith('007')
    ? pack007(damagedBytes)
    : token.slice(0, 35) + toBase64(damagedBytes)
}

function u16(value: number): [low: number, high: number] {
  return [value & 0xff, value >> 8]
}
