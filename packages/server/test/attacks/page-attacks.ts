import { type Attack, type AttackRequest, get, post, refusal, type Target } from './attack.ts'

const WISH = { channel: 'room-42', uid: 1234 }
const WHY = 'A page that the visitor only opened would get a token in the visitor’s name'

/** Origins that are not `https://app.example`, though careless comparisons take them for it. */
export const NEAR_MISSES = [
  'https://app.example.evil.example',
  'https://evilapp.example',
  'https://evil.example/https://app.example',
  'https://evil.example?https://app.example',
  'https://sub.app.example',
  'http://app.example',
  'https://app.example:8443',
  'https://app.example:443',
  'https://app.example/',
  'https://app.example.',
  'https://APP.example',
  'HTTPS://app.example',
  'https://app.example, https://evil.example',
  'https://evil.example https://app.example',
  'https://user@app.example',
  'https://app.example%00.evil.example',
  'https://app.example`.evil.example',
  'https://xn--pp-6kc.example',
  'null',
  'file://',
  '*',
  '',
]

/** Attacks from a page that its visitor’s browser runs: with cookies, without their knowing. */
export function pageAttacks({ cookie }: Target): readonly Attack[] {
  const fromPage = { cookie, 'sec-fetch-site': 'cross-site' }
  return [
    ...NEAR_MISSES.map((origin) =>
      attack(`a foreign page from "${origin}"`, post(WISH, { headers: { ...fromPage, origin } })),
    ),
    attack('a foreign page without an origin', post(WISH, { headers: fromPage })),
    attack('a foreign image', get('/rtc/room-42/publisher/uid/1234', fromPage)),
    attack('a foreign link', get('/rtm/1234', { ...fromPage, 'sec-fetch-mode': 'navigate' })),
    attack(
      'a foreign page at the old endpoint',
      post(OLD, { path: '/getToken', headers: fromPage }),
    ),
    attack(
      'a foreign page at the inspection',
      post({ token: 'caught' }, { path: '/v1/tokens/inspect', headers: fromPage }),
    ),
    ...FORMS.map(([name, headers]): Attack => ({
      name: `a form of ${name} at the old endpoint`,
      request: post(OLD, { path: '/getToken', headers: { cookie, ...headers } }),
      expected: refusal(415, 'unsupported_media_type'),
      why: WHY,
    })),
    ...NEAR_MISSES.map((origin): Attack => ({
      name: `a preflight from "${origin}"`,
      request: preflight(origin),
      expected: { status: 204 },
      why: WHY,
    })),
  ]
}

const TEXT = { 'content-type': 'text/plain' }

/** What browsers that do not name the site of a page send along, and what siblings of ours send. */
const FORMS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['a page in an old browser', { ...TEXT, origin: 'https://evil.example' }],
  ['a page without an origin', TEXT],
  ['a page that names no type', { 'content-type': '' }],
  ['a sibling', { ...TEXT, origin: 'https://blog.app.example', 'sec-fetch-site': 'same-site' }],
  [
    'fields',
    { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  ],
]

const OLD = { tokenType: 'rtc', channel: 'room-42', uid: '1234' }

function attack(name: string, request: AttackRequest): Attack {
  return { name, request, expected: refusal(403, 'forbidden'), why: WHY }
}

function preflight(origin: string): AttackRequest {
  const asked = { 'access-control-request-method': 'POST' }
  return { ...get('/v1/tokens', { origin, ...asked }), method: 'OPTIONS' }
}
