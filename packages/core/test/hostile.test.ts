import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { explainToken } from '../src/explain/explain-with-certificate.ts'
import {
  chat,
  createToken,
  decodeToken,
  isTokenError,
  rtc,
  rtm2,
  verifyToken,
} from '../src/index.ts'

// For any string: a TokenError with a code, or a token, in bounded time and memory.

const RUNS = 200_000 * Number(process.env['RANDOM_SHARE'])
const SEED = Number(process.env['RANDOM_SEED'])
const TIMEOUT_MS = 60_000 + RUNS
const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const expected = { appId, appCertificate, channel: 'room-42', uid: 1234 } as const

const room = rtc({ channel: 'room-42', uid: 1234, role: 'publisher' })
const permissions = { messageChannels: { read: ['a', 'b'] }, users: { write: ['c'] } }
const many = [room, chat({ userId: 'alice' }), rtm2({ userId: 'alice', permissions })]
const tokens = [
  createToken({ appId, appCertificate, ttl: 600, services: [room] }),
  createToken({ appId, appCertificate, ttl: 600, services: many }),
  createToken({ appId, appCertificate, ttl: 600, services: [room], version: '006' }),
] as const
const contents = tokens.map(contentOf)
const genuine = new Set(contents.map((content) => content.toString('hex')))
const EXTREMES = ['', '007', '006', '\0', '"', '\ud800', '=', '\u{1f3a5}'] as const

/** By Node's readers, not ours. */
function contentOf(token: string): Buffer {
  return token.startsWith('007')
    ? inflateSync(Buffer.from(token.slice(3), 'base64'))
    : Buffer.from(token.slice(35), 'base64')
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
function random(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

type Pick = (limit: number) => number

/** A token whose text was damaged: cut, spliced, or with another character. */
function damagedText(pick: Pick): string {
  const token = tokens[pick(tokens.length)]!
  const at = pick(token.length)
  const kind = pick(4)
  if (kind === 0) return token.slice(0, at)
  if (kind === 1) return token.slice(0, at) + tokens[pick(tokens.length)]!.slice(pick(token.length))
  const other = kind === 2 ? EXTREMES[pick(EXTREMES.length)]! : String.fromCharCode(pick(256))
  return token.slice(0, at) + other + token.slice(at + 1)
}

/** A token whose content was damaged and packed again, so that the damage gets past base64 and zlib. */
function damagedContent(pick: Pick): string {
  const which = pick(contents.length)
  const content = Buffer.from(contents[which]!)
  const at = pick(content.length)
  const kind = pick(4)
  if (kind === 0) content[at]! ^= 1 << pick(8)
  // Counts and lengths at their limits.
  if (kind === 1)
    content.writeUInt16LE(
      [0, 1, 0x7fff, 0x8000, 0xffff][pick(5)]!,
      Math.min(at, content.length - 2),
    )
  const bytes = kind === 2 ? content.subarray(0, at) : content
  const extended = kind === 3 ? Buffer.concat([bytes, Buffer.alloc(pick(40), pick(256))]) : bytes
  return which === 2
    ? `006${appId}${extended.toString('base64')}`
    : `007${deflateSync(extended, { level: pick(3) }).toString('base64')}`
}

function outcome(call: () => unknown): string {
  try {
    call()
    return 'accepted'
  } catch (error) {
    return isTokenError(error) ? error.code : `not a TokenError: ${String(error)}`
  }
}

describe('hostile text', () => {
  it(
    `is refused with a code or is a token, ${RUNS} times from the seed ${SEED}`,
    { timeout: TIMEOUT_MS },
    () => {
      const pick = random(SEED)
      const seen = new Set<string>()
      for (let run = 0; run < RUNS; run++) {
        const text = pick(2) === 0 ? damagedText(pick) : damagedContent(pick)
        const decoded = outcome(() => decodeToken(text))
        const verified = outcome(() => verifyToken(text, expected))
        seen.add(decoded).add(verified)
        if (decoded !== 'accepted') expect(verified).toBe(decoded)
        if (verified === 'accepted') {
          // Packed by another zlib, or without its padding, it is still the same token.
          expect(genuine.has(contentOf(text).toString('hex'))).toBe(true)
        }
        if (run % 20 === 0) explainToken(text, expected)
      }
      expect([...seen].filter((code) => code.startsWith('not'))).toEqual([])
      expect(seen).toContain('SIGNATURE_INVALID')
      expect(seen).toContain('TOKEN_MALFORMED')
    },
  )

  it.each([
    ['a bomb of one block', deflateSync(Buffer.alloc(1 << 26))],
    ['many empty blocks', Buffer.concat([Buffer.of(0x78, 0x9c), Buffer.alloc(90_000, 0)])],
    ['a bomb in steps', deflateSync(Buffer.alloc(1 << 24), { level: 1 })],
  ])('like %s costs little', (_, stream) => {
    const text = `007${stream.toString('base64')}`
    const start = process.memoryUsage().arrayBuffers
    expect(outcome(() => decodeToken(text))).toMatch(/^TOKEN_(TOO_LARGE|MALFORMED)$/)
    expect(process.memoryUsage().arrayBuffers - start).toBeLessThan(8 << 20)
  })
})
