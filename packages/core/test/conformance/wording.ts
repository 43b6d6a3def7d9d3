import {
  createToken,
  decodeToken,
  explainToken,
  isTokenError,
  rtc,
  rtm2,
  verifyToken,
} from '@rtc-token/core'
import { explainToken as inspectToken } from '@rtc-token/core/inspect'
import { type Check, mustEqual } from './check.ts'
import { digestOf } from './oracle.ts'
import { oneOf, random, times } from './random.ts'
import { type Grant, randomGrant } from './random-grants.ts'

const pick = random(9)
const GRANTS = times(60, () => randomGrant(pick))
const [GRANT] = GRANTS as [Grant]
// Around the ends of a token's life, where a sentence holds a moment or a length of time.
const AGES = [-3600, -5, 0, 30, 7200, 86_399, 86_400, 200_000] as const
const WRAPPINGS: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => ` "${token}"\n`,
  (token) => JSON.stringify({ token, expiresAt: 1 }),
  (token) => token.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  (token) => encodeURIComponent(token),
  (token) => token.slice(0, 60),
  (token) => token.slice(3, 35),
  () => 'İSTANBUL ﬁ',
]

/** What people are told, letter by letter: nothing of it may depend on the engine, language or time zone. */
export const wording: readonly Check[] = [
  {
    name: 'wording: a token is explained in the same words everywhere',
    run: async (notes) => {
      const explanations = GRANTS.flatMap((grant) => AGES.map((age) => explain(grant, age)))
      notes.set('explanations', await digestOf(explanations))
    },
  },
  {
    name: 'wording: ./inspect explains as the package does when there is no certificate',
    run: () => {
      for (const wrap of WRAPPINGS) {
        const text = wrap(createToken(GRANT))
        mustEqual(inspectToken(text, { now: 0 }), explainToken(text, { now: 0 }), 'explanation')
      }
    },
  },
  {
    name: 'wording: what cannot be signed is refused in the same words everywhere',
    run: async (notes) => {
      notes.set('refusals', await digestOf(BAD.map((change) => refusalOf(() => sign(change)))))
    },
  },
  {
    name: 'wording: a token that is not accepted is refused in the same words everywhere',
    run: async (notes) => {
      const texts = WRAPPINGS.map((wrap) => wrap(createToken(GRANT))).slice(1, -1)
      const refusals = texts.flatMap((text) => [
        refusalOf(() => decodeToken(text)),
        refusalOf(() => verifyToken(text, { appCertificate: GRANT.appCertificate, now: 0 })),
      ])
      notes.set('rejections', await digestOf(refusals))
    },
  },
]

function explain(grant: Grant, age: number): string {
  const wrap = WRAPPINGS[pick(WRAPPINGS.length)]!
  const { appId, appCertificate } = oneOf(pick, [grant, GRANT])
  const now = Math.max(0, grant.issuedAt + age)
  const user = oneOf(pick, [{ uid: pick(9) }, { account: '7' }, { account: 'İ' }, {}])
  const options = { appId, appCertificate, channel: 'room', now, ...user }
  return JSON.stringify(explainToken(wrap(createToken(grant)), options))
}

const BAD: readonly Readonly<Record<string, unknown>>[] = [
  ...[undefined, null, '', 'x', 'ß'.repeat(32), 7, Number.NaN].flatMap((value) => [
    { appId: value },
    { appCertificate: value },
    { services: value },
    { services: [value] },
  ]),
  ...[0, -1, 1.5, Number.NaN, Infinity, 86_401, 1e21, 1_700_000_000, '60', null].flatMap(
    (value) => [
      { ttl: value },
      { salt: value },
      { issuedAt: value },
      { services: [rtc({ channel: 'room', uid: value as number, role: 'publisher' })] },
    ],
  ),
  ...['*', '', 'a/b', 'İ', '\u{1f3a5}', '\ud800', 'x'.repeat(64)].flatMap((name) => [
    { services: [rtc({ channel: name, uid: 1, role: 'publisher' })] },
    { services: [rtm2({ userId: name, permissions: {} })] },
  ]),
  { services: [rtm2({ userId: 'a', permissions: { users: { read: ['\ud800'] } } })] },
  { version: '005' },
]

function sign(change: Readonly<Record<string, unknown>>): string {
  const services = [rtc({ channel: 'room', uid: 1, role: 'publisher' })]
  return createToken({ ...GRANT, version: '007', services, ...change })
}

function refusalOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (isTokenError(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'accepted'
}
