import type { HostCase } from './host-case.ts'
import { NOTE } from './host-endpoint.ts'
import { wish } from './wish.ts'

const KIB8 = 8192
const noted = Buffer.from(wish({ params: { note: NOTE } }))
const byteByByte = [...noted].map((byte) => Uint8Array.of(byte))
const padded = wish().padEnd(KIB8, ' ')

/** What every host must let through. */
export const GRANTED_CASES: readonly HostCase[] = [
  { name: 'a token', status: 200 },
  { name: 'a body in chunks', body: ['{"channel":', '"room-42"', ',"uid":1234}'], status: 200 },
  { name: 'a body byte by byte, with UTF-8 cut apart', body: byteByByte, status: 200 },
  { name: 'a body of exactly 8 KiB', body: padded, status: 200 },
  { name: 'a body with a byte order mark', body: `\uFEFF${wish()}`, status: 200 },
  {
    name: 'a member given twice, of which the last counts',
    body: `{"uid":7,${wish().slice(1)}`,
    status: 200,
  },
  {
    name: 'a charset',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    status: 200,
  },
  {
    name: 'a charset in quotes and capitals',
    headers: { 'content-type': 'application/json ; Charset="UTF-8"; x=1' },
    status: 200,
  },
  ...['charset= utf-8', 'charset=utf-8;', 'profile="x; y"'].map((parameter): HostCase => ({
    name: `the parameter ${parameter}`,
    headers: { 'content-type': `application/json; ${parameter}` },
    status: 200,
  })),
  { name: 'no coding', headers: { 'content-encoding': 'identity' }, status: 200 },
  {
    name: 'a media type in capitals',
    headers: { 'content-type': 'Application/JSON' },
    status: 200,
  },
  { name: 'a query string', path: '/v1/tokens?channel=other&uid=0', status: 200 },
  { name: 'a path below the mount point', path: '/any/depth/v1/tokens', status: 200 },
  { name: 'a path with two slashes', path: '//evil.example/v1/tokens', status: 200 },
  {
    name: 'the absolute form',
    origin: 'http://evil.example',
    status: 200,
    differs: ['parses-target'],
  },
  {
    name: 'an origin and cookies',
    headers: { origin: 'http://localhost', cookie: 'a=1; b=2' },
    status: 200,
  },
  { name: 'a forwarded address', headers: { 'x-forwarded-for': '203.0.113.7' }, status: 200 },
]
