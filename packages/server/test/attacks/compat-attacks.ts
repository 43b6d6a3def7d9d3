import type { ProblemCode } from '@rtc-token/core/contract'

import { type Attack, type AttackRequest, get, post, refusal, type Target } from './attack.ts'

const WHY = 'agora-token-service signs this for everybody'

const PATHS: readonly (readonly [path: string, code: ProblemCode])[] = [
  ['/rtc/room-42/publisher/uid/0', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/0/?expiry=600', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid', 'not_found'],
  ['/rtc/room-42/publisher/uid/', 'not_found'],
  ['/rtc/room-42/publisher/uid//', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/%30', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/00', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/-1', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/NaN', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/test', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/1e3', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/1234%00', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/4294967296', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/4294968530', 'identity_invalid'],
  ['/rtc/room-42/publisher/uid/1235', 'identity_forbidden'],
  ['/rtc/room-42/publisher/userAccount/bob', 'identity_forbidden'],
  ['/rtc/room-42/publisher/userAccount/*', 'wildcard_refused'],
  ['/rtc/room-42/publisher/userAccount/%20', 'wildcard_refused'],
  ['/rtc/room-42/publisher/userAccount//', 'wildcard_refused'],
  ['/rtc/room-42/publisher/nonsense/1234', 'invalid_request'],
  ['/rtc/room-42/publisher/__proto__/1234', 'invalid_request'],
  ['/rtc/*/publisher/uid/0/', 'wildcard_refused'],
  ['/rtc/*/publisher/uid/1234', 'wildcard_refused'],
  ['/rtc/%2A/publisher/uid/1234', 'wildcard_refused'],
  ['/rtc//publisher/uid/1234', 'wildcard_refused'],
  ['/rtc/%09/publisher/uid/1234', 'wildcard_refused'],
  ['/rtc/room-42%2F../publisher/uid/1234', 'channel_invalid'],
  ['/rtc/a%0D%0Aset-cookie:x/publisher/uid/1234', 'channel_invalid'],
  ['/rtc/room-43/publisher/uid/1234', 'channel_forbidden'],
  ['/rtc/lobby/publisher/uid/1234', 'role_forbidden'],
  ['/rtc/room-42/publisher/uid/1234?expiry=1795288141', 'ttl_looks_absolute'],
  ['/rtc/room-42/publisher/uid/1234?expiry=4294967296', 'ttl_looks_absolute'],
  ['/rtc/room-42/publisher/uid/1234?expiry=99999999999999999999', 'ttl_invalid'],
  ['/rtc/room-42/publisher/uid/1234?expiry=1e9', 'ttl_invalid'],
  ['/rtc/room-42/publisher/uid/1234?expiry=-1', 'ttl_invalid'],
  ['/rtc/room-42/publisher/uid/1234?expiry=0', 'ttl_invalid'],
  ['/rtc/room-42/publisher/uid/1234?expiry=', 'ttl_invalid'],
  ['/rtc/room-42/publisher/uid/1234?expiry=failing', 'ttl_invalid'],
  ['/rte/room-42/publisher/uid/0/', 'identity_invalid'],
  ['/rte/room-42/publisher/uid/0/bob/', 'identity_invalid'],
  ['/rte/room-42/publisher/uid/1234/bob/', 'identity_ambiguous'],
  ['/rte/room-42/publisher/uid/1234/%31234%00/', 'identity_ambiguous'],
  ['/rte/room-42/publisher/uid/1234/*/', 'identity_ambiguous'],
  ['/rte/room-42/publisher/userAccount/*/*/', 'wildcard_refused'],
  ['/rte/room-42/publisher/userAccount/0/', 'identity_invalid'],
  ['/rte/room-43/publisher/uid/1234/1234/', 'channel_forbidden'],
  ['/rte/room-42/publisher/uid/1235/1235/', 'identity_forbidden'],
  ['/rte/*/publisher/uid/1234/', 'wildcard_refused'],
  ['/rtm/*/', 'wildcard_refused'],
  ['/rtm/%20/', 'wildcard_refused'],
  ['/rtm/', 'not_found'],
  ['/rtm/bob/', 'identity_forbidden'],
  ['/rtm/0/', 'identity_invalid'],
  ['/chat/app/', 'not_found'],
  ['/chat/account/', 'not_found'],
  ['/chat/account//', 'wildcard_refused'],
  ['/chat/account/bob/', 'identity_forbidden'],
  ['/chat/invalid/', 'not_found'],
]

const RTC = { tokenType: 'rtc', channel: 'room-42', uid: '1234', role: 'publisher' }

const BODIES: readonly (readonly [wish: unknown, code: ProblemCode])[] = [
  [{ tokenType: 'chat' }, 'identity_invalid'],
  [{ tokenType: 'chat', uid: '' }, 'wildcard_refused'],
  [{ tokenType: 'rtm' }, 'identity_invalid'],
  [{ tokenType: 'rtm', uid: 0 }, 'identity_invalid'],
  [{ tokenType: 'rtm', uid: 'bob' }, 'identity_forbidden'],
  [{ tokenType: 'rtm', uid: '1234', channel: '*' }, 'wildcard_refused'],
  [{ tokenType: 'rtm', uid: '1234', channel: ' ' }, 'wildcard_refused'],
  [{ tokenType: 'rtm', uid: '1234', channel: 'room-43' }, 'channel_forbidden'],
  [{ tokenType: 'rtm', uid: '1234', channel: 'lobby', role: 'publisher' }, 'role_forbidden'],
  [{ tokenType: 'rtm', uid: '1234', channel: ['room-42'] }, 'channel_invalid'],
  [{ tokenType: 'rtm', uid: null }, 'identity_invalid'],
  [{ tokenType: 'app', uid: '1234' }, 'invalid_request'],
  [{ tokenType: '__proto__', uid: '1234' }, 'invalid_request'],
  [{ tokenType: 'constructor', uid: '1234' }, 'invalid_request'],
  [{ tokenType: ['rtc'], uid: '1234' }, 'invalid_request'],
  [{ uid: '1234', channel: 'room-42' }, 'invalid_request'],
  [{ ...RTC, channel: '*' }, 'wildcard_refused'],
  [{ ...RTC, channel: '' }, 'wildcard_refused'],
  [{ tokenType: 'rtc', uid: '1234' }, 'channel_invalid'],
  [{ ...RTC, channel: 'lobby' }, 'role_forbidden'],
  [{ tokenType: 'rtc', channel: 'room-42' }, 'identity_invalid'],
  [{ ...RTC, uid: 0 }, 'identity_invalid'],
  [{ ...RTC, uid: '0' }, 'identity_invalid'],
  [{ ...RTC, uid: '' }, 'wildcard_refused'],
  [{ ...RTC, uid: '4294967296' }, 'identity_invalid'],
  [{ ...RTC, uid: '18446744073709551616' }, 'identity_invalid'],
  [{ ...RTC, uid: 'bob' }, 'identity_forbidden'],
  [{ ...RTC, uid: { toString: 1 } }, 'identity_invalid'],
  [{ ...RTC, expire: -1 }, 'ttl_invalid'],
  [{ ...RTC, expire: 1_795_288_141 }, 'ttl_looks_absolute'],
  [[RTC], 'invalid_request'],
  [null, 'invalid_request'],
]

const STATUS: Partial<Readonly<Record<ProblemCode, number>>> = {
  not_found: 404,
  identity_forbidden: 403,
  channel_forbidden: 403,
  role_forbidden: 403,
}

/** Attacks on the routes of agora-token-service, each of which the original answers with a token. */
export function compatAttacks({ authorization }: Target): readonly Attack[] {
  const headers = { authorization }
  const path = '/getToken'
  return [
    ...PATHS.map(([path, code]) => attack(`GET ${path}`, get(path, headers), code)),
    ...BODIES.map(([wish, code]) =>
      attack(`getToken with ${JSON.stringify(wish)}`, post(wish, { path, headers }), code),
    ),
    ...refusedBefore(headers),
  ]
}

function refusedBefore(headers: Readonly<Record<string, string>>): readonly Attack[] {
  const rtc = '/rtc/room-42/publisher/uid/1234'
  const path = '/getToken'
  const why = WHY
  const unauthenticated = refusal(401, 'unauthenticated')
  const wrongMethod = refusal(405, 'method_not_allowed')
  return [
    { name: 'an old route by nobody', request: get(rtc), expected: unauthenticated, why },
    { name: 'getToken by nobody', request: post(RTC, { path }), expected: unauthenticated, why },
    { name: 'GET getToken', request: get(path, headers), expected: wrongMethod, why },
    {
      name: 'POST to an old route',
      request: post(RTC, { path: rtc, headers }),
      expected: wrongMethod,
      why,
    },
  ]
}

function attack(name: string, request: AttackRequest, code: ProblemCode): Attack {
  return { name, request, expected: refusal(STATUS[code] ?? 400, code), why: WHY }
}
