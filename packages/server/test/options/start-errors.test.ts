import { expect, it } from 'vitest'

import {
  allow,
  asyncKeys,
  certificateKeys,
  cloudflareLimiter,
  combineTelemetry,
  createTickets,
  createTokenHandler,
  envKeys,
  firstOf,
  memoryLimiter,
  memoryRemovals,
  projectFromEnv,
  reportOnly,
  rules,
  session,
  sharedSecret,
  unsafeAllowEveryone,
  upstashLimiter,
} from '../../src/index.ts'
import { toLambdaHandler } from '../../src/adapters/aws-lambda.ts'
import { toNodeListener } from '../../src/adapters/node.ts'
import { bearerJwt } from '../../src/auth/bearer-jwt.ts'
import { fileKeys } from '../../src/keys/file-keys.ts'
import { flexibleLimiter } from '../../src/limit/flexible-limiter.ts'
import { redisLimiter } from '../../src/limit/redis-limiter.ts'
import { redisRemovals } from '../../src/removal/redis-removals.ts'
import { otel } from '../../src/telemetry/otel.ts'
import { pinoEvents } from '../../src/telemetry/pino-events.ts'
import { prometheus } from '../../src/telemetry/prometheus.ts'
import { PROJECT } from '../support/token-endpoint.ts'

type Members = Readonly<Record<string, unknown>>

interface Maker {
  readonly name: string
  readonly make: (given: never) => unknown
  /** What it is made from without a fault. */
  readonly valid: Members
  /** The paths that are spoilt. */
  readonly paths: string
}

const none = (): null => null
const CLOCK = (): number => Date.UTC(2026, 0)
const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const LIMIT = { name: 'ip', limit: 60, windowSeconds: 60 }
const ENGINE = /^Cannot |^The "|is not (a function|iterable|a symbol)/
const HANDLER = createTokenHandler({
  project: PROJECT,
  authenticate: none,
  authorize: () => allow(),
})

const WRONG: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['0', 0],
  ['1', 1],
  ['1.5', 1.5],
  ['1e12', 1e12],
  ['NaN', Number.NaN],
  ["''", ''],
  ["'text'", 'text'],
  ["'15m'", '15m'],
  ['a certificate', PROJECT.appCertificate],
  ['a date', new Date(Number.NaN)],
  ['a symbol', Symbol('s')],
  ['[]', []],
  ['[1]', [1]],
  ['[null]', [null]],
  ['{}', {}],
  ['{ misspelt: 1 }', { misspelt: 1 }],
  ['a function', none],
]

const MAKERS: readonly Maker[] = [
  {
    name: 'createTokenHandler',
    make: (options) => createTokenHandler(options),
    valid: {
      project: PROJECT,
      authenticate: none,
      authorize: none,
      params: { '~standard': { validate: none } },
      cors: { origins: [] },
      inspect: { authenticate: none },
      compat: { routes: 'agora-token-service' },
      limits: {},
      removals: memoryRemovals(),
      ttl: {},
      telemetry: {},
      onEvent: none,
    },
    paths: `project project.appId project.appCertificate project.keys authenticate authorize services ttl
      ttl.default ttl.max ttl.min ttl.misspelt timeoutMs version params params.~standard
      params.~standard.validate cors cors.origins cors.credentials cors.allowHeaders
      cors.maxAgeSeconds cors.misspelt limits limits.perIp limits.perSubject limits.perChannel
      limits.onStoreError limits.timeoutMs limits.misspelt removals removals.has removals.add
      removals.delete removals.onStoreError removals.timeoutMs inspect inspect.authenticate
      inspect.misspelt compat compat.routes compat.misspelt openapi health onEvent audit telemetry
      telemetry.request telemetry.phase telemetry.event serverTiming onError clock random misspelt`,
  },
  {
    name: 'createTokenHandler with 006',
    make: (options) => createTokenHandler(options),
    valid: {
      project: PROJECT,
      authenticate: none,
      authorize: none,
      version: '006',
      onEvent: none,
      audit: 'required',
    },
    paths: 'services onEvent',
  },
  {
    name: 'memoryLimiter',
    make: (options) => memoryLimiter(options),
    valid: LIMIT,
    paths: 'name limit windowSeconds maxKeys clock misspelt',
  },
  {
    name: 'redisLimiter',
    make: (options) => redisLimiter(options),
    valid: { ...LIMIT, client: { defineCommand: none } },
    paths: 'name limit windowSeconds client misspelt',
  },
  {
    name: 'redisRemovals',
    make: (options) => redisRemovals(options),
    valid: { client: { mget: none } },
    paths: 'client name onStoreError timeoutMs misspelt',
  },
  {
    name: 'flexibleLimiter',
    make: ({ limiter, options }) => flexibleLimiter(limiter, options),
    valid: { limiter: { consume: none, points: 1, duration: 1 }, options: { name: 'ip' } },
    paths: `limiter limiter.consume limiter.points limiter.duration options options.name options.limit
      options.windowSeconds options.misspelt`,
  },
  {
    name: 'upstashLimiter',
    make: ({ ratelimit, options }) => upstashLimiter(ratelimit, options),
    valid: { ratelimit: { limit: none }, options: LIMIT },
    paths: `ratelimit ratelimit.limit options options.name options.limit options.windowSeconds
      options.waitUntil options.clock options.misspelt`,
  },
  {
    name: 'cloudflareLimiter',
    make: ({ binding, options }) => cloudflareLimiter(binding, options),
    valid: { binding: { limit: none }, options: LIMIT },
    paths: `binding binding.limit options options.name options.limit options.windowSeconds
      options.misspelt`,
  },
  {
    name: 'asyncKeys',
    make: ({ load, options }) => asyncKeys(load, options),
    valid: { load: none, options: {} },
    paths: `load options options.refreshSeconds options.timeoutMs options.onError options.clock
      options.misspelt`,
  },
  {
    name: 'fileKeys',
    make: (options) => fileKeys(options),
    valid: { primary: 'not-there' },
    paths: 'primary secondary sign onError clock misspelt',
  },
  {
    name: 'envKeys',
    make: ({ env, options }) => envKeys(env, options),
    valid: { env: { AGORA_APP_CERTIFICATE: PROJECT.appCertificate }, options: {} },
    paths: `env env.AGORA_APP_CERTIFICATE env.AGORA_APP_CERTIFICATE_SECONDARY env.AGORA_SIGN_WITH
      env.NEXT_AGORA_APP_CERTIFICATE env.APP_CERTIFICATE options options.sign options.misspelt`,
  },
  {
    name: 'certificateKeys',
    make: ({ primary, secondary }) => certificateKeys(primary, secondary),
    valid: { primary: PROJECT.appCertificate },
    paths: 'primary secondary',
  },
  {
    name: 'projectFromEnv',
    make: (env) => projectFromEnv(env),
    valid: { AGORA_APP_ID: PROJECT.appId, AGORA_APP_CERTIFICATE: PROJECT.appCertificate },
    paths: 'AGORA_APP_ID AGORA_APP_CERTIFICATE',
  },
  {
    name: 'bearerJwt by a secret',
    make: (options) => bearerJwt(options),
    valid: { secret: SECRET, issuer: 'i', audience: 'a' },
    paths: `secret jwksUrl publicKey jwksOptions algorithms issuer unsafeAnyIssuer audience
      unsafeAnyAudience clockToleranceSeconds clock bindToExpiry toSubject misspelt`,
  },
  {
    name: 'bearerJwt by a key set',
    make: (options) => bearerJwt(options),
    valid: { jwksUrl: 'https://a.example/keys', issuer: 'i', audience: 'a' },
    paths: 'jwksUrl algorithms',
  },
  {
    name: 'bearerJwt by a public key',
    make: (options) => bearerJwt(options),
    valid: { publicKey: { kty: 'RSA' }, issuer: 'i', audience: 'a' },
    paths: 'publicKey publicKey.kty algorithms',
  },
  {
    name: 'createTickets',
    make: (options) => createTickets(options),
    valid: { secrets: [SECRET] },
    paths: 'secrets secrets.0 clock misspelt',
  },
  {
    name: 'sharedSecret',
    make: (options) => sharedSecret(options),
    valid: { secrets: [SECRET], subject: { id: 'a' } },
    paths: 'secrets secrets.0 subject header misspelt',
  },
  {
    name: 'session',
    make: ({ userOf }) => session(userOf),
    valid: { userOf: none },
    paths: 'userOf',
  },
  {
    name: 'firstOf',
    make: ({ authenticator }) => firstOf(authenticator),
    valid: { authenticator: none },
    paths: 'authenticator',
  },
  {
    name: 'rules',
    make: ({ list, options }) => rules(list, options),
    valid: { list: [{ channel: 'a' }], options: {} },
    paths: `list list.0 list.0.channel list.0.role list.0.services list.0.ttl list.0.if list.0.misspelt
      options options.identity options.misspelt`,
  },
  {
    name: 'reportOnly',
    make: ({ policy, options }) => reportOnly(policy, options),
    valid: { policy: none, options: { until: '2026-01-02', onReport: none, clock: CLOCK } },
    paths: `policy options options.until options.onReport options.project options.clock
      options.misspelt`,
  },
  {
    name: 'unsafeAllowEveryone',
    make: (options) => unsafeAllowEveryone(options),
    valid: { warn: none },
    paths: 'iKnow misspelt',
  },
  {
    name: 'toNodeListener',
    make: (options) => toNodeListener(HANDLER, options),
    valid: { trustProxy: 1 },
    paths: 'trustProxy',
  },
  {
    name: 'toLambdaHandler',
    make: (options) => toLambdaHandler(HANDLER, options),
    valid: { trustProxy: 1 },
    paths: 'trustProxy',
  },
  {
    name: 'combineTelemetry',
    make: ({ part }) => combineTelemetry(part),
    valid: { part: {} },
    paths: 'part part.request part.phase part.event',
  },
  {
    name: 'prometheus',
    make: (options) => prometheus(options),
    valid: {},
    paths: 'prefix clock',
  },
  { name: 'otel', make: (options) => otel(options), valid: {}, paths: 'tracer' },
  {
    name: 'pinoEvents',
    make: ({ logger }) => pinoEvents(logger),
    valid: { logger: { info: none, warn: none, error: none } },
    paths: 'logger logger.info logger.warn logger.error',
  },
]

it('says what is wrong with every option', async () => {
  const text = MAKERS.map(describeMaker).join('\n')
  await expect(text).toMatchFileSnapshot('start-errors.txt')
})

it.each(MAKERS)('$name starts with options that are right', ({ name, make, valid }) => {
  const fault = name === 'fileKeys' ? /^fileKeys: not-there|not-there/ : undefined
  expect(outcome(make, valid)).toMatch(fault ?? /^accepted$/)
})

function describeMaker({ name, make, valid, paths }: Maker): string {
  const whole = WRONG.map(([label, value]) => [label, outcome(make, value)] as const)
  const isOneObject = !/\blist\b|\boptions\b|\bpart\b/.test(paths)
  const members = paths
    .trim()
    .split(/\s+/)
    .map((path) => {
      const said = WRONG.map(
        ([label, value]) => [label, outcome(make, spoilt(valid, path.split('.'), value))] as const,
      )
      return section(path, said)
    })
  return [`# ${name}\n`, ...(isOneObject ? [section('the options', whole)] : []), ...members].join(
    '\n',
  )
}

// One line for each thing said, with the values of which it is said and what it calls them.
function section(title: string, said: readonly (readonly [string, string])[]): string {
  const byMessage = new Map<string, string[]>()
  for (const [label, message] of said) {
    const [, start = message, got] = /^(.*, got )(.*)$/.exec(message) ?? []
    const called = got === undefined || got === label ? label : `${label} (${got})`
    byMessage.set(start, [...(byMessage.get(start) ?? []), called])
  }
  const lines = [...byMessage].map(([message, labels]) => `  ${message} <- ${labels.join(', ')}\n`)
  return `${title}\n${lines.join('')}`
}

function outcome(make: (given: never) => unknown, given: unknown): string {
  try {
    make(given as never)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Error)) return 'no error'
    return isOurs(error) ? `${error.name}: ${error.message}` : 'an error of the engine'
  }
}

// What an engine says by itself differs from version to version.
function isOurs({ name, message }: Error): boolean {
  return name === 'TokenError' || (name === 'TypeError' && !ENGINE.test(message))
}

function spoilt(value: unknown, [first, ...rest]: readonly string[], wrong: unknown): unknown {
  if (first === undefined) return wrong
  if (Array.isArray(value))
    return value.with(Number(first), spoilt(value[Number(first)], rest, wrong))
  const members: Members = { ...(value as Members) }
  return { ...members, [first]: spoilt(members[first], rest, wrong) }
}
