import { isThenable } from '../time/deadline.ts'
import {
  BOOLEAN,
  integer,
  isHeaderName,
  optional,
  own,
  readMembers,
  shown,
  type Table,
} from '../checks/kind.ts'
import { Refusal } from '../errors/refusal.ts'
import type { PlainReply } from './reply.ts'

/**
 * Which pages of other origins may call the endpoint (CORS). A request with cookies from any other site gets
 * `forbidden`.
 */
export interface CorsOptions {
  /**
   * The origins of these pages, such as `https://app.example.com`, compared as whole strings; `['*']` for
   * every page; or a function that returns `true` for an allowed origin. Required.
   */
  readonly origins: readonly string[] | ((origin: string) => boolean)
  /** Whether these pages may send cookies. Cannot be combined with `'*'`. Default `false`. */
  readonly credentials?: boolean
  /**
   * Headers that these pages may send in addition to `authorization`, `content-type` and `x-request-id`; or `['*']`
   * for every header, without `credentials`. Default: no others.
   *
   * @example
   * ['apikey', 'x-client-info'] // Supabase's client adds these to every request
   */
  readonly allowHeaders?: readonly string[]
  /** Seconds for which a browser may cache the preflight reply: integer 0 to 86400. Default 600. */
  readonly maxAgeSeconds?: number
}

/** The CORS rules made from the options. */
export interface Cors {
  /** The headers that let the page of this request read the reply; empty for a page that may not. */
  headersFor(request: Request): Readonly<Record<string, string>>
  /** The answer to a browser's preflight request. */
  preflight(request: Request, methods: string): PlainReply
  /**
   * Refuses a request with cookies from a page of another site, unless the page may read the reply.
   *
   * @throws {Refusal} forbidden
   */
  refuseForeignPage(request: Request): void
}

/** The CORS headers for a page that may not read the reply. @internal */
export const NO_HEADERS: Readonly<Record<string, string>> = {}

const EXPOSED = 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'
const MAX_AGE_SECONDS = 86_400 // no browser remembers for longer
const ALWAYS_ALLOWED = ['authorization', 'content-type', 'x-request-id']

/**
 * Makes the CORS rules from the options; without options only pages of the same origin may call the endpoint.
 *
 * @internal
 * @throws {TypeError} when an origin or the name of a header is malformed, an option is of the wrong type, or `*` is
 * combined with other entries or with `credentials`
 */
export function createCors(options?: CorsOptions): Cors {
  const { isListed, allowHeaders, credentials, maxAgeSeconds } =
    options === undefined ? NO_PAGES : readOptions(options)
  const always = {
    'access-control-allow-headers': [...new Set([...ALWAYS_ALLOWED, ...allowHeaders])].join(', '),
    'access-control-max-age': String(maxAgeSeconds),
  }
  const headersFor: Cors['headersFor'] = (request) => {
    const origin = request.headers.get('origin')
    if (origin === null || !isListed(origin)) return NO_HEADERS
    return {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': EXPOSED,
      ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    }
  }
  return {
    headersFor,
    preflight: (request, methods) => ({
      status: 204,
      headers: { ...preflightHeaders(headersFor(request), methods, always), vary: 'Origin' },
      body: '',
    }),
    refuseForeignPage(request) {
      if (request.headers.get('sec-fetch-site') !== 'cross-site') return
      if (!request.headers.has('cookie') || headersFor(request) !== NO_HEADERS) return
      throw new Refusal(
        'forbidden',
        'The origin of this page is not in the option cors.origins of the server',
      )
    },
  }
}

function preflightHeaders(
  allowed: Readonly<Record<string, string>>,
  methods: string,
  always: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (allowed === NO_HEADERS) return NO_HEADERS
  return { ...allowed, 'access-control-allow-methods': methods, ...always }
}

const OPTIONS = {
  origins: own(listOf),
  credentials: optional(BOOLEAN, false),
  allowHeaders: optional(own(headerNames), []),
  maxAgeSeconds: optional(integer(0, MAX_AGE_SECONDS), 600),
} satisfies Table<CorsOptions>
const NO_PAGES = {
  isListed: () => false,
  allowHeaders: [],
  credentials: false,
  maxAgeSeconds: 600,
}

function readOptions(options: CorsOptions) {
  const wording = { whole: 'cors', member: 'cors.', got: shown }
  const { origins, ...read } = readMembers(options, wording, OPTIONS)
  refuseBesideOthers('origins', options.origins, read.credentials)
  refuseBesideOthers('allowHeaders', options.allowHeaders, read.credentials)
  return { ...read, isListed: origins }
}

// With credentials, browsers read `*` as the name of a header.
function refuseBesideOthers(name: string, list: unknown, credentials: boolean): void {
  if (!Array.isArray(list) || !list.includes('*')) return
  if (!credentials && list.length === 1) return
  throw new TypeError(`cors.${name}: '*' expected alone and without credentials`)
}

function headerNames(names: unknown): readonly string[] {
  if (!Array.isArray(names)) throw new TypeError('cors.allowHeaders: a list expected')
  return names.map(checkHeaderName)
}

function checkHeaderName(name: unknown): string {
  const isName = isHeaderName(name) && (name === '*' || !name.includes('*'))
  if (isName) return name.toLowerCase()
  throw new TypeError('cors.allowHeaders: names of headers expected, such as apikey')
}

function listOf(origins: CorsOptions['origins']): (origin: string) => boolean {
  if (typeof origins === 'function') return (origin) => isTrue(origins(origin))
  if (!Array.isArray(origins)) throw new TypeError('cors.origins: a list or a function expected')
  if (origins.includes('*')) return () => true
  for (const origin of origins) checkOrigin(origin)
  const listed = new Set(origins)
  return (origin) => listed.has(origin)
}

// A promise is not an answer: read as truthy it would allow every page, and if ignored it might reject unhandled.
function isTrue(answer: unknown): boolean {
  if (isThenable(answer)) answer.then(undefined, () => {})
  return answer === true
}

// Origins are compared as whole strings with what browsers send, so `https://app.example.com.evil.example`, another
// port and another scheme are other origins. A `*` in a host would be literal and match no origin.
function checkOrigin(origin: unknown): void {
  if (typeof origin === 'string' && !origin.includes('*') && isOrigin(origin)) return
  throw new TypeError(
    `cors.origins: scheme and host as browsers send them expected, such as https://app.example.com, got ${String(origin)}`,
  )
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
