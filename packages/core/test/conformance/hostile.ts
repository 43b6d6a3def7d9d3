import { createToken, decodeToken, explainToken, isTokenError, verifyToken } from '@rtc-token/core'
import type { Check } from './check.ts'
import { damaged, type Victim, victimsOf } from './damage.ts'
import { digestOf, toBase64 } from './oracle.ts'
import { random, times } from './random.ts'
import { type Grant, randomGrant } from './random-grants.ts'

const RUNS = 4000
const ENDLESS = 2 ** 34
// What must come out of the damage at least, so that a mutator that damages nothing shows.
const EXPECTED = ['accepted', 'TOKEN_MALFORMED', 'SIGNATURE_INVALID']

/** Damaged tokens: what comes out is a code, and the same code everywhere. */
export const hostile: readonly Check[] = [
  {
    name: `hostile: ${RUNS} damaged tokens are refused with the same codes everywhere`,
    run: async (notes) => {
      const pick = random(7)
      const grants = times(12, () => randomGrant(pick))
      const victims = await victimsOf(grants.map(createToken))
      const outcomes = times(RUNS, () => outcomeOf(damaged(pick, victims), grants[0]!))
      mustHaveAll(outcomes)
      notes.set('outcomes', await digestOf(outcomes))
    },
  },
  {
    name: 'hostile: every token cut short, at every length, is refused',
    run: async () => {
      const pick = random(8)
      const victims = await victimsOf([createToken(randomGrant(pick))])
      victims.forEach(mustRefuseWhenCut)
    },
  },
  {
    name: 'hostile: what is no text, and what is too long, is refused',
    run: () => {
      const values: unknown[] = [undefined, null, 7, {}, [], new Uint8Array(3), '', 'x'.repeat(1e6)]
      for (const value of values) mustRefuse(value as string)
      // 128 KiB of a stream that expands a thousand times.
      mustRefuse(`007${toBase64(Uint8Array.of(0x78, 0x9c, ...times(90_000, () => 0)))}`)
    },
  },
]

function outcomeOf(text: string, { appCertificate }: Grant): string {
  const expected = { appCertificate, now: 0, clockToleranceSeconds: ENDLESS }
  const decoded = codeOf(() => decodeToken(text))
  const verified = codeOf(() => verifyToken(text, expected))
  const { findings } = explainToken(text, { now: 0 })
  return [decoded, verified, ...findings.map(({ code }) => code)].join(' ')
}

function codeOf(call: () => unknown): string {
  try {
    call()
    return 'accepted'
  } catch (error) {
    if (isTokenError(error)) return error.code
    throw error
  }
}

function mustHaveAll(outcomes: readonly string[]): void {
  const seen = new Set(outcomes.flatMap((outcome) => outcome.split(' ')))
  const missing = EXPECTED.filter((code) => !seen.has(code))
  if (missing.length > 0) throw new Error(`${missing.join()} expected among the outcomes`)
}

function mustRefuseWhenCut({ token }: Victim): void {
  // Without its padding, if it has one, a token is still whole.
  const whole = token.replace(/=+$/, '').length
  for (let length = 0; length < whole; length++) mustRefuse(token.slice(0, length))
}

function mustRefuse(text: string): void {
  if (codeOf(() => decodeToken(text)) === 'accepted') throw new Error('a refusal expected')
}
