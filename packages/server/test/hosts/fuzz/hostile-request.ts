import fc from 'fast-check'

import { CURIOUS_PATHS, MALFORMED_HOSTS } from '../../attacks/target-attacks.ts'
import type { WireRequest } from '../host-case.ts'
import { wish } from '../wish.ts'

type Headers = WireRequest['headers']

const PATHS = [
  '/v1/tokens',
  '/v1/tokens/inspect',
  '/v1/openapi.json',
  '/healthz',
  '/readyz',
  '/rtc/room-42/publisher/uid/7/',
  '/rtm/alice',
  '/getToken',
  '/t/t1.e30.x/v1/tokens',
  '/',
]
const CLEAR_HOSTS = ['localhost', '127.0.0.1:3000', '[::1]:80', 'a.example', 'a_b.', '']
// What a line or a header may hold at all: for the rest Node answers by itself.
const LETTERS = fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x7f)
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(LETTERS, { maxLength })
    .map((codes) => String.fromCharCode(...codes).replace(/[\u0080-\u009f]/g, '~'))

const host = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...CLEAR_HOSTS) },
  { weight: 3, arbitrary: fc.constantFrom(...MALFORMED_HOSTS) },
  { weight: 1, arbitrary: text(12) },
)

const path = fc.oneof(
  { weight: 4, arbitrary: fc.constant('/v1/tokens') },
  { weight: 3, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 3, arbitrary: fc.constantFrom(...CURIOUS_PATHS) },
  { weight: 1, arbitrary: text(40).map((rest) => `/${rest}`) },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.constantFrom('.', '..', '%2e', '%', '%ff', '%00', 'v1', 'tokens', 'rtm', '', '\\', '"'),
        { maxLength: 9 },
      )
      .map((segments) => `/${segments.join('/')}`),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 6000 }).map((length) => `/${'a'.repeat(length)}`),
  },
)
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom('?', '?expiry=60', '?expiry=%', '?%ff=%', '?"', '?a=b?c#d', '#/v1/tokens'),
  text(20).map((rest) => `?${rest}`),
)
const origin = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  host.map((name) => `http://${name}`),
  fc.constantFrom('http:', 'x', 'mailto:', '*', '//'),
)
const target = fc.tuple(origin, path, query).map((parts) => parts.join(''))

const address = fc.oneof(
  fc.constantFrom('203.0.113.7', '[::1]:5', '::ffff:7f00:1', 'unknown', '', ',', ' , ,'),
  text(20),
)
const forwarded: readonly fc.Arbitrary<readonly [string, string]>[] = [
  host.map((value) => ['x-forwarded-host', value] as const),
  fc
    .oneof(fc.constantFrom('https', 'http', 'https,http', 'ftp', '', ':'), text(8))
    .map((value) => ['x-forwarded-proto', value] as const),
  fc.array(address, { maxLength: 5 }).map((list) => ['x-forwarded-for', list.join(', ')] as const),
  text(20).map((value) => ['forwarded', value] as const),
  text(9).map((value) => ['x-forwarded-port', value] as const),
]

const others: readonly fc.Arbitrary<readonly [string, string]>[] = [
  ...[
    'origin',
    'cookie',
    'authorization',
    'x-request-id',
    'if-none-match',
    'traceparent',
    'accept',
  ].map((name) => text(30).map((value) => [name, value] as const)),
  fc.constantFrom(
    ...(
      [
        ['authorization', 'Bearer secret-of-alice'],
        ['authorization', 'Bearer secret-of-support'],
        ['authorization', 'Bearer t1.e30.x'],
        ['authorization', `Bearer ${'a.'.repeat(900)}`],
        ['cookie', 'sid=session-of-alice'],
        ['origin', 'https://app.example'],
        ['origin', 'null'],
        ['sec-fetch-site', 'cross-site'],
        ['content-encoding', 'gzip'],
        ['content-type', 'application/json; charset=utf-16'],
        ['content-type', ';;'],
        ['content-type', ''],
        ['x-request-id', ''],
        ['expect', '100-continue'],
        ['upgrade', 'websocket'],
        ['connection', 'upgrade, x'],
        ['te', 'trailers'],
        ['host', 'b'],
        ['__proto__', 'x'],
        ['constructor', 'x'],
        ['to-string', 'x'],
      ] as const
    ).map((header) => header as readonly [string, string]),
  ),
]

const JSON_TYPE: Headers = [['content-type', 'application/json']]
const headers: fc.Arbitrary<Headers> = fc
  .tuple(
    fc.option(host, { freq: 9 }).map((name): Headers => (name === null ? [] : [['host', name]])),
    fc.boolean().map((isJson) => (isJson ? JSON_TYPE : [])),
    fc.array(fc.oneof(...forwarded, ...others), { maxLength: 6 }),
  )
  .map((lists) => lists.flat())

const body = fc.oneof(
  fc.constantFrom('', wish(), wish({ previousToken: '007x' }), '{', 'null', '{"__proto__":1}'),
  fc.json({ maxDepth: 4 }),
  fc.uint8Array({ maxLength: 64 }),
  fc.integer({ min: 8100, max: 9000 }).map((length) => wish({ params: { a: 'x'.repeat(length) } })),
)

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'QUERY', 'M-SEARCH']

/** Any request that a stranger may send, whole: what it says of its body is so. */
export const HOSTILE_REQUEST: fc.Arbitrary<WireRequest> = fc
  .record({
    method: fc.oneof(fc.constant('POST'), fc.constantFrom(...METHODS)),
    target,
    headers,
    chunks: fc
      .array(body, { maxLength: 2 })
      .map((list) => list.map((chunk) => Buffer.from(chunk)).filter(({ length }) => length > 0)),
    isChunked: fc.boolean(),
  })
  .map(framed)

function framed(request: WireRequest): WireRequest {
  const length = String(Buffer.concat(request.chunks).length)
  const framing: Headers = request.isChunked
    ? [['transfer-encoding', 'chunked']]
    : [['content-length', length]]
  return { ...request, headers: [...request.headers, ...framing] }
}
