import { SERVICES } from '@rtc-token/core/contract'

import { checkTrustProxy, type TrustProxy } from '../../adapters/trust-proxy.ts'
import type { Kind } from '../../checks/kind.ts'
import type { TokenHandlerOptions } from '../../options/handler-options.ts'
import { isLimitName } from '../../limit/limit-state.ts'
import type { Config } from './config.ts'
import { integer, listOf, oneOf, secret, SWITCH, TEXT, textThatIs } from './setting-kind.ts'

/** One setting: its variable, its type, and its description. @internal */
export interface Setting<T> {
  /** The environment variable. The member of a config file is the key in {@link SETTINGS}. */
  readonly variable: string
  /** Another name of the variable, read if the first is not set. */
  readonly alias?: string
  readonly kind: Kind<NonNullable<T>>
  readonly fallback: T
  /** The default in words, if `fallback` does not show it. */
  readonly unset?: string
  /** The option of `createTokenHandler` that replaces this setting when a module exports it. */
  readonly option?: keyof TokenHandlerOptions<unknown>
  /** The description in `--help` and in the documentation. */
  readonly about: string
  /** Refused in config files, which end up in repositories, and never printed. */
  readonly isSecret?: true
  /** Whether `<variable>_FILE` may name a file that holds the value. Read once, at the start. */
  readonly hasFile?: true
}

/** The issuer and the audience of JWTs signed with a secret, unless the settings say otherwise. @internal */
export const SECRET_JWT: { readonly issuer: string; readonly audience: string } = {
  issuer: 'rtc-token',
  audience: 'rtc-token-server',
}

const HEX_32 = /^[0-9a-f]{32}$/i
const PROJECT = /^[0-9a-f]{32}:[0-9a-f]{32}$/i
const CERTIFICATE = secret('32 hexadecimal digits', (text) => HEX_32.test(text))
const PATH: Kind<string> = {
  expected: 'path of a file',
  read: (value) => (HEX_32.test(String(value)) ? undefined : TEXT.read(value)),
}
const PORT = integer(0, 65_535)
const SECONDS = integer(0, 3600)
const LIFE = integer(1, 86_400)
const LIMIT = integer(0, 1_000_000)
const HOPS = integer(0, 32)
const NETWORK = oneOf('loopback', 'linklocal', 'uniquelocal')
const TRUST: Kind<TrustProxy> = {
  expected: `true, false, number of hops, ${NETWORK.expected}, or list of addresses, ranges and these`,
  read: (value) =>
    SWITCH.read(value) ?? HOPS.read(value) ?? NETWORK.read(value) ?? readProxies(value),
}

/**
 * All settings. Reading them, `--help`, `--print-config` and the table in the documentation use this table.
 *
 * @internal
 */
export const SETTINGS: { readonly [Name in keyof Config]: Setting<Config[Name]> } = {
  project: {
    variable: 'AGORA_PROJECT',
    kind: secret('"<App ID>:<App Certificate>"', (text) => PROJECT.test(text)),
    fallback: undefined,
    option: 'project',
    about: 'App ID and App Certificate of the project, with a colon between them',
    isSecret: true,
    hasFile: true,
  },
  appId: {
    variable: 'AGORA_APP_ID',
    kind: textThatIs('32 hexadecimal digits'),
    fallback: undefined,
    option: 'project',
    about: 'App ID, if AGORA_PROJECT is not set',
  },
  appCertificate: {
    variable: 'AGORA_APP_CERTIFICATE',
    kind: CERTIFICATE,
    fallback: undefined,
    option: 'project',
    about: 'App Certificate, together with AGORA_APP_ID',
    isSecret: true,
  },
  appCertificateSecondary: {
    variable: 'AGORA_APP_CERTIFICATE_SECONDARY',
    kind: CERTIFICATE,
    fallback: undefined,
    option: 'project',
    about: 'The second certificate, during a rotation',
    isSecret: true,
  },
  appCertificateFile: {
    variable: 'AGORA_APP_CERTIFICATE_FILE',
    kind: PATH,
    fallback: undefined,
    option: 'project',
    about: 'File with the App Certificate; changes take effect without a restart',
  },
  appCertificateSecondaryFile: {
    variable: 'AGORA_APP_CERTIFICATE_SECONDARY_FILE',
    kind: PATH,
    fallback: undefined,
    option: 'project',
    about: 'File with the second certificate; changes take effect without a restart',
  },
  signWith: {
    variable: 'AGORA_SIGN_WITH',
    kind: oneOf('primary', 'secondary'),
    fallback: undefined,
    unset: 'primary',
    option: 'project',
    about: 'Which certificate signs tokens',
  },
  jwtSecret: {
    variable: 'RTC_TOKEN_JWT_SECRET',
    kind: secret('at least 32 characters', ({ length }) => length >= 32),
    fallback: undefined,
    option: 'authenticate',
    about: 'Secret that signs the JWTs of callers (HS256)',
    isSecret: true,
    hasFile: true,
  },
  jwtJwksUrl: {
    variable: 'RTC_TOKEN_JWT_JWKS_URL',
    kind: textThatIs('https URL'),
    fallback: undefined,
    option: 'authenticate',
    about: 'URL of the key set of an identity provider, instead of the secret',
  },
  jwtIssuer: {
    variable: 'RTC_TOKEN_JWT_ISSUER',
    kind: TEXT,
    fallback: undefined,
    unset: `${SECRET_JWT.issuer}; required with a key set`,
    option: 'authenticate',
    about: 'Required value of the claim iss',
  },
  jwtAudience: {
    variable: 'RTC_TOKEN_JWT_AUDIENCE',
    kind: TEXT,
    fallback: undefined,
    unset: `${SECRET_JWT.audience}; required with a key set`,
    option: 'authenticate',
    about: 'Required value of the claim aud',
  },
  jwtClaim: {
    variable: 'RTC_TOKEN_JWT_CLAIM',
    kind: textThatIs('name of a claim'),
    fallback: undefined,
    unset: 'these are top-level claims',
    option: 'authorize',
    about: 'Claim that contains channels, role, services, uid and ttl',
  },
  jwtBindToExpiry: {
    variable: 'RTC_TOKEN_JWT_BIND_TO_EXPIRY',
    kind: SWITCH,
    fallback: false,
    option: 'authenticate',
    about: 'Whether a token expires no later than the JWT that it was requested with',
  },
  services: {
    variable: 'RTC_TOKEN_SERVICES',
    kind: listOf(oneOf(...SERVICES)),
    fallback: ['rtc'],
    about: 'Services that callers may ask for',
  },
  ttlDefault: {
    variable: 'RTC_TOKEN_TTL_DEFAULT',
    kind: LIFE,
    fallback: undefined,
    unset: '3600, or RTC_TOKEN_TTL_MAX if that is less',
    option: 'ttl',
    about: 'Life of a token in seconds, if the caller does not ask for one',
  },
  ttlMax: {
    variable: 'RTC_TOKEN_TTL_MAX',
    kind: LIFE,
    fallback: 3600,
    option: 'ttl',
    about: 'Longest life of a token in seconds',
  },
  compatRoutes: {
    variable: 'RTC_TOKEN_COMPAT_ROUTES',
    kind: oneOf('agora-token-service'),
    fallback: undefined,
    unset: 'off',
    option: 'compat',
    about: 'Older server whose routes are answered too, under the same policy',
  },
  host: {
    variable: 'RTC_TOKEN_HOST',
    kind: textThatIs('address or name of this machine'),
    fallback: undefined,
    unset: 'all',
    about: 'Address to listen on',
  },
  port: { variable: 'PORT', kind: PORT, fallback: 3000, about: 'Port; 0 takes a free one' },
  corsOrigins: {
    variable: 'RTC_TOKEN_CORS_ORIGINS',
    kind: listOf(textThatIs('origins, or *')),
    fallback: undefined,
    unset: 'same origin only',
    option: 'cors',
    about: 'Origins of pages that may call the server, such as https://app.example.com',
  },
  corsAllowHeaders: {
    variable: 'RTC_TOKEN_CORS_ALLOW_HEADERS',
    kind: listOf(textThatIs('names of headers, or *')),
    fallback: undefined,
    unset: 'none',
    option: 'cors',
    about: 'Further headers that these pages may send, such as apikey,x-client-info of Supabase',
  },
  trustProxy: {
    variable: 'RTC_TOKEN_TRUST_PROXY',
    kind: TRUST,
    fallback: false,
    about: 'Proxies whose X-Forwarded-For is trusted: addresses, ranges, or number of hops',
  },
  limitPerIp: {
    variable: 'RTC_TOKEN_LIMIT_PER_IP',
    kind: LIMIT,
    fallback: 60,
    option: 'limits',
    about: 'Requests per minute from one address; 0 for no limit',
  },
  limitPerSubject: {
    variable: 'RTC_TOKEN_LIMIT_PER_SUBJECT',
    kind: LIMIT,
    fallback: 20,
    option: 'limits',
    about: 'Requests per minute from one user; 0 for no limit',
  },
  limitPerChannel: {
    variable: 'RTC_TOKEN_LIMIT_PER_CHANNEL',
    kind: LIMIT,
    fallback: 0,
    option: 'limits',
    about: 'Tokens per minute for one channel; 0 for no limit',
  },
  limitOnStoreError: {
    variable: 'RTC_TOKEN_LIMIT_ON_STORE_ERROR',
    kind: oneOf('allow', 'deny'),
    fallback: 'allow',
    option: 'limits',
    about: 'While Redis fails: allow (each process counts on its own) or deny with 503',
  },
  redisUrl: {
    variable: 'REDIS_URL',
    kind: secret('redis:// or rediss:// URL', isRedisUrl),
    fallback: undefined,
    unset: 'none; each process counts on its own',
    about: 'Redis for the limits and removals, so that processes and machines share them',
    isSecret: true,
    hasFile: true,
  },
  removals: {
    variable: 'RTC_TOKEN_REMOVALS',
    kind: oneOf('redis'),
    fallback: undefined,
    unset: 'off',
    option: 'removals',
    about: 'Where the removals of rtc-token-server remove are stored',
  },
  removalsName: {
    variable: 'RTC_TOKEN_REMOVALS_NAME',
    kind: { expected: '1 to 64 of A-Z a-z 0-9 . _ -', read: readName },
    fallback: 'removed',
    option: 'removals',
    about: 'Servers with the same name share their removals; one for each app in a Redis',
  },
  removalsOnStoreError: {
    variable: 'RTC_TOKEN_REMOVALS_ON_STORE_ERROR',
    kind: oneOf('allow', 'deny'),
    fallback: 'deny',
    option: 'removals',
    about: 'While Redis fails: deny every request with 503, or allow tokens for removed users too',
  },
  customerId: {
    variable: 'AGORA_CUSTOMER_ID',
    kind: secret('string without spaces', isPrintable),
    fallback: undefined,
    unset: 'Agora is not asked',
    about: 'Customer ID of the RESTful API, so that remove also puts users out of their calls',
    isSecret: true,
  },
  customerSecret: {
    variable: 'AGORA_CUSTOMER_SECRET',
    kind: secret('string without spaces', isPrintable),
    fallback: undefined,
    about: 'Customer secret of the RESTful API, together with AGORA_CUSTOMER_ID',
    isSecret: true,
    hasFile: true,
  },
  restHosts: {
    variable: 'AGORA_REST_HOSTS',
    kind: listOf(textThatIs('https origins')),
    fallback: undefined,
    unset: 'https://api.agora.io,https://api.sd-rtn.com',
    about: 'Hosts of the RESTful API, tried in this order; reverse it in mainland China',
  },
  reusePort: {
    variable: 'RTC_TOKEN_REUSE_PORT',
    kind: SWITCH,
    fallback: false,
    about:
      'Shares the port with other processes that set this; Node 22.12 or later, on Linux or BSD',
  },
  drainSeconds: {
    variable: 'DRAIN_SECONDS',
    kind: SECONDS,
    fallback: 5,
    about: 'Seconds from SIGTERM, when readyz turns 503, until the port closes',
  },
  graceSeconds: {
    variable: 'GRACE_SECONDS',
    kind: SECONDS,
    fallback: 10,
    about: 'Seconds for requests in flight to finish after the port has closed',
  },
  keepAliveSeconds: {
    variable: 'RTC_TOKEN_KEEP_ALIVE_SECONDS',
    kind: integer(1, 3600),
    fallback: 65,
    about: 'Seconds that idle connections stay open; longer than the balancer keeps them open',
  },
  maxConnections: {
    variable: 'RTC_TOKEN_MAX_CONNECTIONS',
    kind: integer(1, 1_000_000),
    fallback: 10_000,
    about: 'Most connections open at one time; any more are closed at once',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    kind: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    fallback: 'info',
    about: 'Lowest level that is logged, as lines of JSON on standard output',
  },
  metricsPort: {
    variable: 'RTC_TOKEN_METRICS_PORT',
    alias: 'METRICS_PORT',
    kind: PORT,
    fallback: undefined,
    unset: 'off',
    about: 'Port for GET /metrics (Prometheus); 0 takes a free one',
  },
  metricsHost: {
    variable: 'RTC_TOKEN_METRICS_HOST',
    kind: textThatIs('address or name of this machine'),
    fallback: '127.0.0.1',
    about: 'Address for metrics; 0.0.0.0 or :: for all, as in a container',
  },
  tracing: {
    variable: 'RTC_TOKEN_TRACING',
    kind: SWITCH,
    fallback: false,
    about: 'Whether to trace with the OpenTelemetry SDK that node --import has loaded',
  },
}

/** The names of all settings, in the order in which they are shown. @internal */
export const SETTING_NAMES: readonly (keyof Config)[] = Object.keys(SETTINGS).filter(isSettingName)

/** The names of all variables that are read. @internal */
export const VARIABLE_NAMES: readonly string[] = SETTING_NAMES.flatMap(variablesOf)

/** The variables of a setting. @internal */
export function variablesOf(name: keyof Config): readonly string[] {
  const { variable, alias, hasFile }: Setting<unknown> = SETTINGS[name]
  return [
    variable,
    ...(alias === undefined ? [] : [alias]),
    ...(hasFile ? [`${variable}_FILE`] : []),
  ]
}

/** @internal */
export function isSettingName(name: string): name is keyof Config {
  return Object.hasOwn(SETTINGS, name)
}

function readName(value: unknown): string | undefined {
  return isLimitName(value) ? value : undefined
}

function isPrintable(text: string): boolean {
  return /^[!-~]+$/.test(text)
}

function isRedisUrl(text: string): boolean {
  return URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)
}

function readProxies(value: unknown): readonly string[] | undefined {
  const proxies = listOf(TEXT).read(value)
  try {
    return proxies && checkTrustProxy(proxies) && proxies
  } catch {
    return undefined
  }
}
