import { type Attack, get, post, refusal, type Target } from './attack.ts'

const WISH = { channel: 'room-42', uid: 1234 }
const QUERY = '?channel=room-42&uid=1234&role=publisher'
const CONFUSION = 'What a proxy in front reads as another path must not be the endpoint here'
const LOGGED = 'A token that comes for a GET is in every log, cache and history on its way'

const PATHS = [
  '/',
  '/v1/tokens/',
  '/v1/tokens/.',
  '/v1/tokens/x',
  '/v1/tokens/inspect/x',
  '/v1/tokens/../token',
  '/v1/token',
  '/v1/Tokens',
  '/V1/TOKENS',
  '/v2/tokens',
  '/v1%2Ftokens',
  '/v1%2ftokens',
  '/v1%5Ctokens',
  '/v1/%74okens',
  '/v1/tokens%00',
  '/v1/tokens%20',
  '/v1/tokens%3F',
  '/v1/tokens;x=1',
  '/v1/tokens.json',
  '/v1//tokens',
  '/xv1/tokens',
  '/x?/v1/tokens',
  '/x#/v1/tokens',
  '/x?y=/v1/tokens',
  '/tokens',
  '/metrics',
  '/.env',
  '/chat/app/',
  '/chat/app',
]

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']

/** Attacks by the path and by the method. */
export function pathAttacks({ authorization }: Target): readonly Attack[] {
  const headers = { authorization }
  return [
    ...PATHS.map((path): Attack => ({
      name: `the path ${path}`,
      request: post(WISH, { path, headers }),
      expected: refusal(404, 'not_found'),
      why: CONFUSION,
    })),
    ...METHODS.map((method): Attack => ({
      name: `a mint by ${method}`,
      request: { ...get(`/v1/tokens${QUERY}`, headers), method },
      expected: refusal(405, 'method_not_allowed'),
      why: LOGGED,
    })),
    ...['PUT', 'PATCH', 'DELETE'].map((method): Attack => ({
      name: `a wish by ${method}`,
      request: { ...post(WISH, { headers }), method },
      expected: refusal(405, 'method_not_allowed'),
      why: LOGGED,
    })),
  ]
}
