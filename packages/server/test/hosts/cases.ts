import { BODY_CASES } from './body-cases.ts'
import { GRANTED_CASES } from './granted-cases.ts'
import type { HostCase } from './host-case.ts'
import { HOST_ORIGIN } from './host-endpoint.ts'
import { wish } from './wish.ts'

const EVIL = { origin: 'https://app.example.evil.example' }

const HEADS: readonly HostCase[] = [
  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'].map((method): HostCase => ({
    name: `the method ${method}`,
    method,
    status: 405,
    code: 'method_not_allowed',
  })),
  ...[
    '/',
    '/v1/tokens/',
    '/v1/tokens/x',
    '/v1/tokens%2f',
    '/v1/%74okens',
    '/nowhere?/v1/tokens',
  ].map((path): HostCase => ({
    name: `the path ${path}`,
    path,
    status: 404,
    code: 'not_found',
    differs: ['passes-on'],
  })),
  ...[
    'a b',
    'evil/v1/tokens?',
    'alice@localhost',
    '999.999.999.999',
    'localhost:99999',
    '[:::]',
    'größe',
  ].map((host): HostCase => ({
    name: `the host ${host}`,
    headers: { host: Buffer.from(host).toString('latin1') },
    status: 400,
    code: 'invalid_request',
    differs: ['parses-target'],
  })),
  ...[null, 'text/plain', 'application/jsonp', 'application/x-www-form-urlencoded'].map(
    (type): HostCase => ({
      name: `the media type ${type}`,
      headers: { 'content-type': type },
      status: 415,
      code: 'unsupported_media_type',
    }),
  ),
  {
    name: 'a media type without a letter',
    headers: { 'content-type': '' },
    status: 415,
    code: 'unsupported_media_type',
    differs: ['parses-media-type'],
  },
  {
    name: 'two media types',
    headers: { 'content-type': ['application/json', 'text/plain'] },
    status: 415,
    code: 'unsupported_media_type',
    differs: ['parses-media-type'],
  },
]

const POLICIES: readonly HostCase[] = [
  { name: 'nobody', headers: { authorization: null }, status: 401, code: 'unauthenticated' },
  {
    name: 'two authorisations',
    headers: { authorization: ['Bearer alice', 'Bearer eve'] },
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'a refusal that is not ASCII',
    body: wish({ params: { policy: 'denies' } }),
    status: 403,
    code: 'forbidden',
  },
  {
    name: 'a policy that throws',
    body: wish({ params: { policy: 'throws' } }),
    status: 500,
    code: 'internal_error',
  },
]

const PAGES: readonly HostCase[] = [
  {
    name: 'who has the contract already',
    method: 'GET',
    path: '/v1/openapi.json',
    headers: { 'if-none-match': 'W/"x", *' },
    status: 304,
  },
  { name: 'a page that may ask', headers: { origin: HOST_ORIGIN }, status: 200 },
  { name: 'a preflight', method: 'OPTIONS', headers: { origin: HOST_ORIGIN }, status: 204 },
  { name: 'a preflight of another page', method: 'OPTIONS', headers: EVIL, status: 204 },
  {
    name: 'another page that sends cookies along',
    headers: { ...EVIL, cookie: 'session=1', 'sec-fetch-site': 'cross-site' },
    status: 403,
    code: 'forbidden',
  },
]

/** What every host must answer alike. */
export const HOST_CASES: readonly HostCase[] = [
  ...GRANTED_CASES,
  ...BODY_CASES,
  ...HEADS,
  ...POLICIES,
  ...PAGES,
]
