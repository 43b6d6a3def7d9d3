import { type Attack, type AttackRequest, post, refusal, type Target } from './attack.ts'

const WISH = { channel: 'room-42', uid: 1234 }
const WHY = 'Whoever knows the address would get into every call'

/** Attacks without credentials, or with another user's. */
export function credentialAttacks({ authorization }: Target): readonly Attack[] {
  const [, secret = ''] = authorization.split(' ')
  const forged: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no credentials': {},
    'an empty authorization': { authorization: '' },
    'a bearer of nothing': { authorization: 'Bearer ' },
    'a bearer called undefined': { authorization: 'Bearer undefined' },
    'another scheme': { authorization: `Basic ${secret}` },
    'a secret without its scheme': { authorization: secret },
    'a secret in capitals': { authorization: `Bearer ${secret.toUpperCase()}` },
    'a secret cut short': { authorization: authorization.slice(0, -1) },
    'a secret with a tail': { authorization: `${authorization}x` },
    'two credentials in one header': { authorization: `${authorization}, Bearer guest` },
    'an unsigned JWT': { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.' },
    'an unknown cookie': { cookie: 'sid=guess' },
    'a cookie of another name': { cookie: 'xsid=session-of-alice' },
    'a user named in a header': { 'x-user-id': 'alice', 'x-forwarded-user': 'alice' },
    'an address of this machine': { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    'a host of this machine': { 'x-forwarded-host': 'localhost', 'x-original-host': 'localhost' },
    'an origin in place of credentials': { origin: 'https://evil.example' },
    'a method in a header': { 'x-http-method-override': 'OPTIONS' },
  }
  return [
    ...Object.entries(forged).map(([name, headers]) => attack(name, post(WISH, { headers }))),
    attack('credentials in the query', post(WISH, { path: `/v1/tokens?access_token=${secret}` })),
    attack('credentials in the body', post({ ...WISH, authorization }, {})),
    attack('nobody with a malformed body', post('{', {})),
  ]
}

function attack(name: string, request: AttackRequest): Attack {
  return { name, request, expected: refusal(401, 'unauthenticated'), why: WHY }
}
