import { type Attack, get, post, refusal, type Target } from './attack.ts'

const WISH = { channel: 'room-42', uid: 1234 }
const NO_URL = 'Whoever makes a URL of it throws, and one request ends the process'
const ANOTHER = 'What one part of the way reads as a host, another must not read as a path'

/** No URL can be made with these, or another one than the caller seems to mean. */
export const MALFORMED_HOSTS: readonly string[] = [
  '999.999.999.999',
  '0x7f.0.0.0x100',
  '1.2.3.4.5',
  'a:99999',
  'a:65536',
  'a:b',
  'a:-1',
  'xn--a',
  'xn--',
  '[:::]',
  '[::1',
  '::1',
  '[]',
  '%',
  'a%00b',
  'a%2fb',
  'a b',
  'a,b c',
  'a\tb',
  'a/b',
  'a?b',
  'a#b',
  'a\\b',
  'alice@localhost',
  'http://localhost',
  '<>',
  '"',
  '{}',
  '^',
  '|',
]

/** These a URL is not made of as they stand: it is written anew. */
export const CURIOUS_PATHS: readonly string[] = [
  '/x/..',
  '/%2e/',
  '/.%2E/',
  '/"',
  '/{}',
  '/<>',
  '/`',
  '/^',
  '/\\',
  '/?"',
  "/?'",
  '/?<>',
  '/x#y',
]

const MALFORMED_TARGETS = [
  'v1/tokens',
  'x',
  'http:/v1/tokens',
  'http:///v1/tokens',
  'http://999.999.999.999/v1/tokens',
  'http://a:99999/v1/tokens',
  'http://[:::]/v1/tokens',
  'http://alice@localhost/v1/tokens',
  'http://a b/v1/tokens',
  'http://xn--a/x/..',
  'mailto:alice',
  '**',
]

/** Attacks by what comes before the path, with the path of the endpoint and with curious ones. */
export function targetAttacks({ authorization }: Target): readonly Attack[] {
  return [
    ...MALFORMED_HOSTS.map((host): Attack => ({
      name: `a wish under the host ${host}`,
      request: post(WISH, { headers: { authorization, host } }),
      expected: refusal(400, 'invalid_request'),
      why: ANOTHER,
    })),
    ...MALFORMED_HOSTS.flatMap((host) =>
      CURIOUS_PATHS.map((path): Attack => ({
        name: `the path ${path} under the host ${host}`,
        request: get(path, { host }),
        expected: refusal(400, 'invalid_request'),
        why: NO_URL,
      })),
    ),
    ...MALFORMED_HOSTS.map((host): Attack => ({
      name: `an old route under the host ${host}`,
      request: get('/rtc/room-42/publisher/uid/1234/?expiry=60', { authorization, host }),
      expected: refusal(400, 'invalid_request'),
      why: NO_URL,
    })),
    ...MALFORMED_TARGETS.map((path): Attack => ({
      name: `the target ${path}`,
      request: post(WISH, { path, headers: { authorization } }),
      expected: refusal(400, 'invalid_request'),
      why: NO_URL,
    })),
    ...['*', ...CURIOUS_PATHS].map((path): Attack => ({
      name: `the curious target ${path}`,
      request: post(WISH, { path, headers: { authorization } }),
      expected: refusal(404, 'not_found'),
      why: ANOTHER,
    })),
  ]
}
