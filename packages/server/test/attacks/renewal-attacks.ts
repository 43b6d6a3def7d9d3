import { chat, createToken, rtc, rtm } from '@rtc-token/core'
import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, post, refusal, type Target } from './attack.ts'
import {
  ALICE,
  CROWDS,
  FOREIGN_CERTIFICATE,
  type StolenTokens,
  stolenFrom,
} from './stolen-tokens.ts'

type Row = readonly [name: string, wish: object, code: ProblemCode]

const PROOF = 'A renewal trusts what the previous token says, so nobody else may have written it'
const WIDER = 'Each renewal would give a little more than the one before'
const RIGHTS =
  'A token for something else would become one for a call, or one that has ended would go on'
const LEAKED = 'Whoever has caught one token would never have to leave again'

/** Attacks with a previous token that is forged, another user's, or for less than is asked. */
export function renewalAttacks(target: Target): readonly Attack[] {
  const { authorization } = target
  const stolen = stolenFrom(target)
  const rows = (list: readonly Row[], why: string): readonly Attack[] =>
    list.map(([name, wish, code]) => ({
      name: `a renewal ${name}`,
      request: post(wish, { headers: { authorization } }),
      expected: refusal(code.endsWith('forbidden') ? 403 : 400, code),
      why,
    }))
  return [
    ...rows(forgedProofs(target, stolen), PROOF),
    ...rows(noProofs(stolen), PROOF),
    ...rows(widerWishes(target, stolen), WIDER),
    ...rows(otherRights(target, stolen), RIGHTS),
    ...withoutCredentials(stolen.mint()),
  ]
}

const invalid = (name: string, previousToken: unknown): Row => [
  name,
  { previousToken },
  'previous_token_invalid',
]

function forgedProofs({ now }: Target, { mint, bomb }: StolenTokens): readonly Row[] {
  const genuine = mint()
  return [
    invalid('of another app', mint({ appId: FOREIGN_CERTIFICATE })),
    invalid('of another certificate', mint({ appCertificate: FOREIGN_CERTIFICATE })),
    invalid('that ended long ago', mint({ issuedAt: now - 3600 - 601 })),
    invalid('of a day that never ends', mint({ issuedAt: now - 87_001, ttl: 86_400 })),
    invalid('from the future', mint({ issuedAt: now + 3600 })),
    invalid('by a zlib bomb', bomb),
    invalid('by a token cut short', genuine.slice(0, -4)),
    invalid('by a token with a tail', `${genuine}AAAA`),
    invalid('by a token with another letter', changed(genuine)),
    invalid('by a token in spaces', ` ${genuine} `),
    invalid('by a token of version 005', `005${genuine.slice(3)}`),
    invalid('by 007 that says it is 006', `006${genuine.slice(3)}`),
    invalid('by 006 that says it is 007', `007${mint({ version: '006' }).slice(3)}`),
    invalid('by 006 that names nobody', mint({ version: '006' })),
  ]
}

function noProofs({ mint }: StolenTokens): readonly Row[] {
  return [
    invalid('by nothing', ''),
    invalid('by null', null),
    invalid('by a number', 7),
    invalid('by a list', [mint()]),
    invalid('by an object', { toString: mint() }),
    invalid('by 7 KB of letters', `007${'A'.repeat(7000)}`),
    invalid('by letters that are no base64', '007\u0000*'),
  ]
}

function widerWishes({ appId, appCertificate, now }: Target, stolen: StolenTokens): readonly Row[] {
  const { mint, anyChannel, anyUser } = stolen
  const own = mint()
  const own006 = { previousToken: mint({ version: '006' }), channel: 'room-42', uid: 1234 }
  const chatless = { appId, appCertificate, issuedAt: now, ttl: 60 }
  const bobs = createToken({ ...chatless, services: [rtm({ userId: 'bob' })] })
  return [
    invalid('of any channel', anyChannel),
    invalid('of a blank channel', stolen.blankChannel),
    invalid('of a blank account', stolen.blankAccount),
    invalid('of a wildcard account', stolen.wildcardAccount),
    ['of any user, by nobody', { previousToken: anyUser }, 'identity_invalid'],
    ['of any user, as somebody', { previousToken: anyUser, uid: 1235 }, 'identity_forbidden'],
    invalid('of two channels', mint({ services: CROWDS.channels })),
    invalid('of two users', mint({ services: CROWDS.users })),
    invalid('of a user and another chat user', mint({ services: CROWDS.chatUser })),
    ['for another channel', { previousToken: own, channel: 'room-43' }, 'channel_forbidden'],
    ['for any channel', { previousToken: own, channel: '*' }, 'wildcard_refused'],
    ['for another uid', { previousToken: own, uid: 1235 }, 'identity_forbidden'],
    ['for uid 0', { previousToken: own, uid: 0 }, 'identity_invalid'],
    [
      'for messaging as bob',
      { previousToken: own, services: ['rtm'], account: 'bob' },
      'identity_forbidden',
    ],
    ['of bob’s messaging', { previousToken: bobs }, 'identity_forbidden'],
    [
      'of somebody else’s token',
      { previousToken: mint({ services: [rtc({ ...ALICE, uid: 77 })] }) },
      'identity_forbidden',
    ],
    [
      'of a token for another room',
      { previousToken: mint({ services: [rtc({ ...ALICE, channel: 'room-43' })] }) },
      'channel_forbidden',
    ],
    [
      'that wants to publish where one listens',
      {
        previousToken: mint({ services: [rtc({ ...ALICE, channel: 'lobby' })] }),
        role: 'publisher',
      },
      'role_forbidden',
    ],
    [
      'by a publisher who may listen only by now',
      {
        previousToken: mint({
          services: [rtc({ ...ALICE, channel: 'lobby', role: 'publisher' })],
        }),
      },
      'role_forbidden',
    ],
    ['of 006 for another channel', { ...own006, channel: 'lobby' }, 'channel_forbidden'],
    ['of 006 for another uid', { ...own006, uid: 1235 }, 'identity_forbidden'],
  ]
}

function otherRights({ now }: Target, { mint }: StolenTokens): readonly Row[] {
  const names = { channel: 'room-42', uid: 1234 }
  const of = (name: string, overrides: Parameters<typeof mint>[0]): Row => [
    name,
    { ...names, previousToken: mint(overrides) },
    'previous_token_invalid',
  ]
  const data = rtc({ ...names, privileges: { publishDataStream: 60 } })
  const messaging = rtm({ userId: 'room-42' })
  return [
    of('of messaging that is called as the channel', { version: '006', services: [messaging] }),
    of('of a right to publish without one to join', { services: [data] }),
    of('of such a right in version 006', { version: '006', services: [data] }),
    of('of a whole chat app', { services: [chat({ app: true })] }),
    of('of 006 that begins tomorrow', { version: '006', issuedAt: now + 86_400 }),
  ]
}

function withoutCredentials(token: string): readonly Attack[] {
  const expected = refusal(401, 'unauthenticated')
  const wish = { previousToken: token }
  return [
    { name: 'a token that renews itself', request: post(wish, {}), expected, why: LEAKED },
    {
      name: 'a token as credentials',
      request: post(wish, { headers: { authorization: `Bearer ${token}` } }),
      expected,
      why: LEAKED,
    },
    {
      name: 'a token as a cookie',
      request: post(wish, { headers: { cookie: `sid=${token}` } }),
      expected,
      why: LEAKED,
    },
  ]
}

// In the middle, where the signature is.
function changed(token: string): string {
  const at = 20
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}
