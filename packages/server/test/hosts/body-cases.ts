import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

import type { HostCase } from './host-case.ts'
import { wish } from './wish.ts'

const KIB8 = 8192
const oversized = wish({ params: { note: 'x'.repeat(KIB8) } })
const mebibyte = 'x'.repeat(1024 * 1024)

/** Bodies at an old route, which reads them with any media type. */
const OLD_BODIES: readonly HostCase[] = [null, 'text/plain'].map((type) => ({
  name: `an old body of the media type ${type}`,
  path: '/getToken',
  headers: { 'content-type': type },
  // It gets as far as to the user, who is not named.
  body: '{"tokenType":"rtc","channel":"room-42"}',
  status: 400,
  code: 'identity_invalid',
}))

/** Bodies that every host must refuse. */
export const BODY_CASES: readonly HostCase[] = [
  ...OLD_BODIES,
  {
    name: 'an old body in UTF-16',
    path: '/getToken',
    body: Buffer.from('{"tokenType":"rtc"}', 'utf16le'),
    headers: { 'content-type': 'text/plain; charset=utf-16le' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'an old body in the coding gzip',
    path: '/getToken',
    body: gzipSync('{"tokenType":"rtc"}'),
    headers: { 'content-type': null, 'content-encoding': 'gzip' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'malformed JSON',
    body: '{"channel":',
    status: 400,
    code: 'invalid_json',
    differs: ['parses-json'],
  },
  {
    name: 'malformed JSON in chunks',
    body: ['{"cha', 'nnel":'],
    status: 400,
    code: 'invalid_json',
    differs: ['parses-json'],
  },
  { name: 'an empty body', body: '', status: 400, code: 'invalid_json' },
  { name: 'an empty body in chunks', body: [], status: 400, code: 'invalid_json' },
  {
    name: 'bytes that are no UTF-8',
    body: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d),
    status: 400,
    code: 'invalid_json',
    differs: ['parses-json', 'decodes-text'],
  },
  ...[
    ['gzip', gzipSync(wish())] as const,
    ['deflate', deflateSync(wish())] as const,
    ['br', brotliCompressSync(wish())] as const,
    ['gzip, gzip', gzipSync(gzipSync(wish()))] as const,
    ['x', wish()] as const,
  ].map(([coding, body]): HostCase => ({
    name: `a body in the coding ${coding}`,
    body,
    headers: { 'content-encoding': coding },
    status: 415,
    code: 'unsupported_media_type',
    // Express undoes those that it knows, and itself refuses the others.
    differs: ['gzip', 'deflate'].includes(coding) ? [] : ['parses-json'],
  })),
  ...['utf-16', 'utf-16le', '"UTF-16LE"', 'utf-32', 'utf-7', 'iso-8859-1', 'x', ''].map(
    (charset): HostCase => ({
      name: `the charset ${charset}`,
      body: encoded(wish(), charset),
      headers: { 'content-type': `application/json; charset=${charset}` },
      status: 415,
      code: 'unsupported_media_type',
      differs: ['parses-json', 'parses-media-type'],
    }),
  ),
  {
    name: 'UTF-16 that does not say so',
    body: Buffer.from(`\uFEFF${wish()}`, 'utf16le'),
    status: 400,
    code: 'invalid_json',
    differs: ['parses-json', 'decodes-text'],
  },
  {
    name: 'text in JSON',
    body: '"room-42"',
    status: 400,
    code: 'invalid_request',
    differs: ['parses-json'],
  },
  { name: 'a list', body: '[]', status: 400, code: 'invalid_request' },
  {
    name: 'an unknown member',
    body: wish({ rol: 'publisher' }),
    status: 400,
    code: 'invalid_request',
  },
  {
    name: 'a prototype in the params',
    body: '{"channel":"a","uid":1,"params":{"__proto__":{}}}',
    status: 400,
    code: 'invalid_request',
  },
  { name: 'a wildcard', body: wish({ channel: '*' }), status: 400, code: 'wildcard_refused' },
  { name: 'a body over 8 KiB', body: oversized, status: 413, code: 'body_too_large' },
  {
    name: 'a body over 8 KiB in chunks',
    body: [oversized.slice(0, 5000), oversized.slice(5000)],
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'a body of 1 MiB',
    body: mebibyte,
    status: 413,
    code: 'body_too_large',
    differs: ['parses-json'],
  },
  {
    name: 'a body of 1 MiB in chunks',
    body: [mebibyte],
    status: 413,
    code: 'body_too_large',
    differs: ['parses-json'],
  },
]

// Little endian; what is neither holds ASCII, which is the same in each.
function encoded(text: string, charset: string): Buffer {
  if (charset.includes('32'))
    return Buffer.from(Uint32Array.from(text, (letter) => letter.charCodeAt(0)).buffer)
  return Buffer.from(text, charset.includes('16') ? 'utf16le' : 'latin1')
}
