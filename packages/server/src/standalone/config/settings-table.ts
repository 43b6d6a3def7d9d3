import { SERVICES } from '@rtc-token/core/contract'

import { checkTrustProxy, type TrustProxy } from '../../adapters/trust-proxy.ts'
import type { Kind } from '../../checks/kind.ts'
import type { TokenHandlerOptions } from '../../options/handler-options.ts'
import type { Config } from './config.ts'
import { integer, listOf, oneOf, secret, SWITCH, TEXT, textThatIs } from './setting-kind.ts'

/** One setting: where it is found, what it may be, and what people need to know of it. @internal */
export interface Setting<T> {
  /** Of the environment. The member of a config file is the key in {@link SETTINGS}. */
  readonly variable: string
  /** Another name of the variable; it counts where the first is not set. */
  readonly alias?: string
  readonly kind: Kind<NonNullable<T>>
  readonly fallback: T
  /** What holds while it is not set, in words, where `fallback` does not say it. */
  readonly unset?: string
  /** The option of `createTokenHandler` in a module that takes its place. */
  readonly option?: keyof TokenHandlerOptions<unknown>
  /** What it is for. In `--help` and in the documentation. */
  readonly about: string
  /** Kept out of config files, which end up in repositories, and of everything that is printed. */
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
 * Every setting there is. Reading, `--help`, `--print-config` and the table in the documentation are
 * made from this.
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
    about: 'App ID, where AGORA_PROJECT is not set',
  },
  appCertificate: {
    variable: 'AGORA_APP_CERTIFICATE',
    kind: CERTIFICATE,
    fallback: undefined,
    option: 'project',
    about: 'App Certificate, beside AGORA_APP_ID',
    isSecret: true,
  },
  appCertificateSecondary: {
    variable: 'AGORA_APP_CERTIFICATE_SECONDARY',
    kind: CERTIFICATE,
    fallback: undefined,
    option: 'project',
    about: 'The second certificate, for the time of a rotation',
    isSecret: true,
  },
  appCertificateFile: {
    variable: 'AGORA_APP_CERTIFICATE_FILE',
    kind: PATH,
    fallback: undefined,
    option: 'project',
    about: 'File with the App Certificate; changes are followed while running',
  },
  appCertificateSecondaryFile: {
    variable: 'AGORA_APP_CERTIFICATE_SECONDARY_FILE',
    kind: PATH,
    fallback: undefined,
    option: 'project',
    about: 'File with the second certificate, likewise',
  },
  signWith: {
    variable: 'AGORA_SIGN_WITH',
    kind: oneOf('primary', 'secondary'),
    fallback: undefined,
    unset: 'primary',
    option: 'project',
    about: 'Which certificate signs',
  },
  jwtSecret: {
    variable: 'RTC_TOKEN_JWT_SECRET',
    kind: secret('text of at least 32 characters', ({ length }) => length >= 32),
    fallback: undefined,
    option: 'authenticate',
    about: 'Secret of the JWTs that callers send (HS256)',
    isSecret: true,
    hasFile: true,
  },
  jwtJwksUrl: {
    variable: 'RTC_TOKEN_JWT_JWKS_URL',
    kind: textThatIs('https URL'),
    fallback: undefined,
    option: 'authenticate',
    about: 'In place of the secret: the key set of an identity provider',
  },
  jwtIssuer: {
    variable: 'RTC_TOKEN_JWT_ISSUER',
    kind: TEXT,
    fallback: undefined,
    unset: `${SECRET_JWT.issuer}; beside a key set required`,
    option: 'authenticate',
    about: 'Claim iss that JWTs have to have',
  },
  jwtAudience: {
    variable: 'RTC_TOKEN_JWT_AUDIENCE',
    kind: TEXT,
    fallback: undefined,
    unset: `${SECRET_JWT.audience}; beside a key set required`,
    option: 'authenticate',
    about: 'Claim aud that JWTs have to have',
  },
  jwtClaim: {
    variable: 'RTC_TOKEN_JWT_CLAIM',
    kind: textThatIs('name of a claim'),
    fallback: undefined,
    unset: 'they are claims themselves',
    option: 'authorize',
    about: 'Claim that holds channels, role, services, uid and ttl',
  },
  jwtBindToExpiry: {
    variable: 'RTC_TOKEN_JWT_BIND_TO_EXPIRY',
    kind: SWITCH,
    fallback: false,
    option: 'authenticate',
    about: 'Whether a token ends with the JWT that it was got by at the latest',
  },
  services: {
    variable: 'RTC_TOKEN_SERVICES',
    kind: listOf(oneOf(...SERVICES)),
    fallback: ['rtc'],
    about: 'Services that may be asked for',
  },
  ttlDefault: {
    variable: 'RTC_TOKEN_TTL_DEFAULT',
    kind: LIFE,
    fallback: undefined,
    unset: '3600, or RTC_TOKEN_TTL_MAX where that is less',
    option: 'ttl',
    about: 'Seconds that a token lives when the caller wishes nothing',
  },
  ttlMax: {
    variable: 'RTC_TOKEN_TTL_MAX',
    kind: LIFE,
    fallback: 3600,
    option: 'ttl',
    about: 'Seconds that a token lives at most',
  },
  compatRoutes: {
    variable: 'RTC_TOKEN_COMPAT_ROUTES',
    kind: oneOf('agora-token-service'),
    fallback: undefined,
    unset: 'off',
    option: 'compat',
    about: 'Answers the routes of that server too, behind the same policy',
  },
  host: {
    variable: 'RTC_TOKEN_HOST',
    kind: textThatIs('address or name of this machine'),
    fallback: undefined,
    unset: 'all',
    about: 'Address to listen at',
  },
  port: { variable: 'PORT', kind: PORT, fallback: 3000, about: 'Port; 0 takes a free one' },
  corsOrigins: {
    variable: 'RTC_TOKEN_CORS_ORIGINS',
    kind: listOf(textThatIs('origins, or *')),
    fallback: undefined,
    unset: 'same origin only',
    option: 'cors',
    about: 'Origins of the pages that may ask, such as https://app.example.com',
  },
  corsAllowHeaders: {
    variable: 'RTC_TOKEN_CORS_ALLOW_HEADERS',
    kind: listOf(textThatIs('names of headers, or *')),
    fallback: undefined,
    unset: 'none',
    option: 'cors',
    about: 'Further headers that they may send, such as apikey,x-client-info of Supabase',
  },
  trustProxy: {
    variable: 'RTC_TOKEN_TRUST_PROXY',
    kind: TRUST,
    fallback: false,
    about: 'Proxies whose X-Forwarded-For is believed: addresses, ranges, or how many hops',
  },
  limitPerIp: {
    variable: 'RTC_TOKEN_LIMIT_PER_IP',
    kind: LIMIT,
    fallback: 60,
    option: 'limits',
    about: 'Requests a minute from one address; 0 is no limit',
  },
  limitPerSubject: {
    variable: 'RTC_TOKEN_LIMIT_PER_SUBJECT',
    kind: LIMIT,
    fallback: 20,
    option: 'limits',
    about: 'Requests a minute of one user; 0 is no limit',
  },
  limitPerChannel: {
    variable: 'RTC_TOKEN_LIMIT_PER_CHANNEL',
    kind: LIMIT,
    fallback: 0,
    option: 'limits',
    about: 'Tokens a minute for one channel; 0 is no limit',
  },
  limitOnStoreError: {
    variable: 'RTC_TOKEN_LIMIT_ON_STORE_ERROR',
    kind: oneOf('allow', 'deny'),
    fallback: 'allow',
    option: 'limits',
    about: 'While Redis fails: allow, each process counting by itself, or deny with 503',
  },
  redisUrl: {
    variable: 'REDIS_URL',
    kind: secret('redis:// or rediss:// URL', isRedisUrl),
    fallback: undefined,
    unset: 'none; each process counts by itself',
    about: 'Counts in Redis, so that processes and machines share the limits',
    isSecret: true,
    hasFile: true,
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
    about: 'Seconds after that in which requests in flight may finish',
  },
  keepAliveSeconds: {
    variable: 'RTC_TOKEN_KEEP_ALIVE_SECONDS',
    kind: integer(1, 3600),
    fallback: 65,
    about: 'Seconds that idle connections stay open; longer than the balancer keeps them',
  },
  maxConnections: {
    variable: 'RTC_TOKEN_MAX_CONNECTIONS',
    kind: integer(1, 1_000_000),
    fallback: 10_000,
    about: 'Connections that are open at one time; one more is closed at once',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    kind: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    fallback: 'info',
    about: 'Least level of the lines of JSON on standard output',
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
    about: 'Address to listen at for metrics; 0.0.0.0 or :: for all, as in a container',
  },
  tracing: {
    variable: 'RTC_TOKEN_TRACING',
    kind: SWITCH,
    fallback: false,
    about: 'Traces with the OpenTelemetry SDK that was loaded by node --import',
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
