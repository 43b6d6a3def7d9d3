import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'

import { fingerprint, verifyToken } from '@rtc-token/core'
import { findRuntime, missingRuntime } from '@rtc-token/runtimes'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { ask, jwt } from './support/ask.ts'
import { serviceVariables } from './support/service-variables.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { runHere } from './support/run-here.ts'
import {
  APP_CERTIFICATE,
  APP_ID,
  JWT_SECRET,
  runProgram,
  type RunningServer,
  startProgram,
  TWO_VARIABLES,
  urlOf,
} from './support/running-server.ts'

const OTHER_CERTIFICATE = '0123456789abcdef0123456789abcdef'
const REDIS_PASSWORD = 'a-password-of-redis'
const SECRETS = [APP_CERTIFICATE, OTHER_CERTIFICATE, JWT_SECRET, REDIS_PASSWORD]

const expectNoSecret = (output: string) => {
  for (const secret of SECRETS) expect(output).not.toContain(secret)
}

describe('rtc-token-server', { timeout: 60_000 }, () => {
  let installed: InstalledServer
  let running: RunningServer | undefined
  const start = (...[env, args]: [Readonly<Record<string, string>>?, (readonly string[])?]) => {
    running = startProgram(installed.program, { ...TWO_VARIABLES, ...env }, args)
    return running
  }
  const run = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    runProgram(installed.program, env, args)
  const write = async (name: string, text: string) => {
    await writeFile(join(installed.folder, name), text)
    return join(installed.folder, name)
  }

  beforeAll(async () => {
    installed = await installServer()
  }, 30_000)
  afterEach(async () => {
    running?.kill('SIGTERM')
    await running?.exited
    running = undefined
  })
  afterAll(() => installed.remove())

  it('starts with two variables and grants what the JWT says', async () => {
    const server = start()
    const url = await urlOf(server)
    expect(server.lines[0]).toMatchObject({ type: 'server.started' })
    const { status, body } = await ask(
      url,
      await jwt({ channels: ['room-*'], role: 'publisher' }),
      {
        channel: 'room-42',
        role: 'publisher',
      },
    )
    expect(status).toBe(200)
    const expected = { appId: APP_ID, appCertificate: APP_CERTIFICATE }
    const by = { channel: 'room-42', account: 'alice' }
    expect(() => verifyToken(String(body['token']), { ...expected, ...by })).not.toThrow()
    expect(body).toMatchObject({ account: 'alice', role: 'publisher', expiresIn: 3600 })
  })

  it('refuses who has no JWT, a foreign one, or one that says nothing', async () => {
    const url = await urlOf(start())
    const foreign = await jwt({ channels: ['*'] }, { secret: 'x'.repeat(40) })
    expect(await ask(url, undefined)).toMatchObject({ status: 401 })
    expect(await ask(url, foreign)).toMatchObject({ status: 401 })
    expect(await ask(url, await jwt({}))).toMatchObject({
      status: 403,
      body: { code: 'channel_forbidden' },
    })
    expect(await ask(url, await jwt(), { channel: 'room-1', role: 'publisher' })).toMatchObject({
      status: 403,
      body: { code: 'role_forbidden' },
    })
  })

  it('limits each user to 20 requests a minute', async () => {
    const url = await urlOf(start())
    const bearer = await jwt()
    const statuses = []
    for (let i = 0; i < 21; i += 1) statuses.push((await ask(url, bearer)).status)
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429])
  })

  it('counts by the address that a trusted proxy tells', async () => {
    const url = await urlOf(
      start({ RTC_TOKEN_TRUST_PROXY: 'loopback', RTC_TOKEN_LIMIT_PER_IP: '1' }),
    )
    const bearer = await jwt()
    const statuses = []
    for (const address of ['203.0.113.7', '203.0.113.8', '203.0.113.7']) {
      const wish = { channel: 'room-42' }
      statuses.push((await ask(url, bearer, wish, { 'x-forwarded-for': address })).status)
    }
    expect(statuses).toEqual([200, 200, 429])
  })

  it('shortens what is wished to RTC_TOKEN_TTL_MAX', async () => {
    const url = await urlOf(start({ RTC_TOKEN_TTL_MAX: '600' }))
    expect(await ask(url, await jwt(), { channel: 'room-42', ttl: '12h' })).toMatchObject({
      status: 200,
      body: { expiresIn: 600 },
    })
  })

  it('grants an hour at most unless told, and less where the JWT says so', async () => {
    const url = await urlOf(start())
    const lifeOf = async (claims: object, wish: object = {}) => {
      const bearer = await jwt({ channels: ['*'], ...claims })
      return (await ask(url, bearer, { channel: 'room-42', ...wish })).body['expiresIn']
    }
    expect(await lifeOf({})).toBe(3600)
    expect(await lifeOf({}, { ttl: '24h' })).toBe(3600)
    expect(await lifeOf({ ttl: 900 })).toBe(900)
    expect(await lifeOf({ ttl: 900 }, { ttl: 300 })).toBe(300)
    expect(await lifeOf({ ttl: 7200 }, { ttl: '2h' })).toBe(3600)
  })

  it('grants longer lives where the settings say so', async () => {
    const url = await urlOf(start({ RTC_TOKEN_TTL_MAX: '86400', RTC_TOKEN_TTL_DEFAULT: '30' }))
    const wish = { channel: 'room-42', ttl: '24h' }
    expect(await ask(url, await jwt(), wish)).toMatchObject({ body: { expiresIn: 86_400 } })
    expect(await ask(url, await jwt())).toMatchObject({ body: { expiresIn: 30 } })
  })

  it('binds tokens to the end of the JWT where the settings say so', async () => {
    const url = await urlOf(start({ RTC_TOKEN_JWT_BIND_TO_EXPIRY: 'true' }))
    // The JWT of these tests lives for five minutes.
    const life = Number((await ask(url, await jwt())).body['expiresIn'])
    expect(life).toBeGreaterThan(240)
    expect(life).toBeLessThanOrEqual(300)
  })

  it('prints no secret, with any argument', async () => {
    const server = start({ LOG_LEVEL: 'trace' })
    const url = await urlOf(server)
    const bearer = await jwt()
    const { body } = await ask(url, bearer)
    await ask(url, await jwt({}, { secret: 'x'.repeat(40) }))
    await server.line('token.issued')
    await server.line('auth.failed')
    expectNoSecret(server.output())
    expect(server.output()).not.toContain(bearer)
    expect(server.output()).not.toContain(body['token'])
  })

  it('answers health on its port and metrics on another', async () => {
    const server = start({ METRICS_PORT: '0' })
    const url = await urlOf(server)
    await ask(url, await jwt())
    const { metricsPort } = await server.line('server.started')
    const metrics = await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)
    const text = await metrics.text()
    expect(text).toContain(
      'agora_tokens_issued_total{service="rtc",role="subscriber",intent="mint"} 1',
    )
    expect(text).toContain('process_cpu_seconds_total')
    expect((await fetch(`http://127.0.0.1:${String(metricsPort)}/`)).status).toBe(404)
    expect((await fetch(`${url}/metrics`)).status).toBe(404)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('lets the pages that may ask send the headers of their client', async () => {
    const origin = 'https://app.example'
    const url = await urlOf(
      start({
        RTC_TOKEN_CORS_ORIGINS: origin,
        RTC_TOKEN_CORS_ALLOW_HEADERS: 'apikey, x-client-info',
      }),
    )
    const { headers } = await fetch(`${url}/v1/tokens`, { method: 'OPTIONS', headers: { origin } })
    expect(headers.get('access-control-allow-headers')).toContain(', apikey, x-client-info')
  })

  // The whole of 127.0.0.0/8 is this machine, on Linux.
  it.runIf(process.platform === 'linux')('shows metrics to this machine unless told', async () => {
    const metricsPortOf = async (env: Readonly<Record<string, string>>) => {
      const server = start({ RTC_TOKEN_HOST: '0.0.0.0', RTC_TOKEN_METRICS_PORT: '0', ...env })
      return String((await server.line('server.started'))['metricsPort'])
    }
    const own = await metricsPortOf({})
    expect((await fetch(`http://127.0.0.1:${own}/metrics`)).status).toBe(200)
    await expect(fetch(`http://127.0.0.2:${own}/metrics`)).rejects.toThrow('fetch failed')
    running?.kill('SIGTERM')
    const open = await metricsPortOf({ RTC_TOKEN_METRICS_HOST: '0.0.0.0' })
    expect((await fetch(`http://127.0.0.2:${open}/metrics`)).status).toBe(200)
  })

  it('says when it has as many connections as it may', async () => {
    const server = start({ RTC_TOKEN_MAX_CONNECTIONS: '1' })
    const { hostname, port } = new URL(await urlOf(server))
    const callers = Array.from({ length: 2 }, () => connect(Number(port), hostname))
    expect(await server.line('connection.refused')).toMatchObject({ ip: '127.0.0.1', level: 40 })
    for (const caller of callers) caller.destroy()
  })

  it('warns of what may not be meant', async () => {
    const server = start({
      RTC_TOKEN_TRUST_PROXY: 'true',
      RTC_TOKEN_CORS_ORIGINS: '*',
      RTC_TOKEN_COMPAT_ROUTES: 'agora-token-service',
      RTC_TOKEN_LIMIT_PER_IP: '0',
      RTC_TOKEN_LIMIT_PER_SUBJECT: '0',
    })
    await server.line('config.warning', 3)
    const warnings = server.lines.filter(({ type }) => type === 'config.warning')
    expect(new Set(warnings.map(({ code }) => code))).toEqual(
      new Set(['limiter_missing', 'compat_open', 'cors_any_origin', 'proxy_anybody']),
    )
  })

  it('starts beside services of Kubernetes that are called alike, and says so in one line', async () => {
    const ports = [{ port: 3000, protocol: 'TCP', name: 'http' }] as const
    const services = Object.assign(
      {},
      ...['rtc-token-server', 'rtc-token', 'metrics', 'redis'].map((name) =>
        serviceVariables(name, ports),
      ),
    )
    const server = start({ ...services, RTC_TOKEN_METRICS_PORT: '0', RTC_TOKEN_COLOUR: 'green' })
    expect(await server.line('server.started')).toMatchObject({ metricsPort: expect.any(Number) })
    const { level, variables } = await server.line('config.ignored')
    expect([level, variables]).toEqual([
      30,
      Object.keys(services).filter((name) => /^RTC_TOKEN_|^METRICS_PORT$/.test(name)),
    ])
    expect(server.lines.filter(({ type }) => type === 'config.ignored')).toHaveLength(1)
    const warnings = server.lines.filter(({ type }) => type === 'config.warning')
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'variable_unknown',
        detail: 'Unknown variables that begin like settings: RTC_TOKEN_COLOUR',
      }),
    ])
  })

  it('takes settings from a JSON file, over which the environment wins', async () => {
    const path = await write('settings.json', '{"ttlDefault":120,"ttlMax":600,"services":["rtm"]}')
    const url = await urlOf(start({ RTC_TOKEN_SERVICES: 'rtc,rtm' }, ['--config', path]))
    const { body } = await ask(url, await jwt())
    expect(body).toMatchObject({ services: ['rtc'], expiresIn: 120 })
  })

  it('takes its policy from a module', async () => {
    const path = await write(
      'own.mjs',
      `export const authenticate = (request) => ({ id: request.headers.get('x-user') ?? 'guest' })
       export const authorize = () => ({ allow: true, identity: { uid: 7 }, ttl: 90 })
       export const ttlMax = 300`,
    )
    const url = await urlOf(start({ RTC_TOKEN_JWT_SECRET: '' }, ['--config', path]))
    expect(await ask(url, undefined)).toMatchObject({
      status: 200,
      body: { uid: 7, expiresIn: 90 },
    })
    expect(running?.lines[0]).toMatchObject({ authentication: 'own', policy: 'own' })
  })

  it('goes on writing its log where a module watches too', async () => {
    const path = await write('watching.mjs', 'export const telemetry = { event: () => {} }')
    const server = start({}, ['--config', path])
    await ask(await urlOf(server), await jwt())
    expect(await server.line('token.issued')).toMatchObject({ route: 'tokens' })
  })

  it('logs of what a module throws the message, and nothing that hangs on it', async () => {
    const path = await write(
      'throwing.mjs',
      `export const authenticate = () => ({ id: 'guest' })
       export const authorize = () => {
         throw Object.assign(new Error('store away'), { config: { password: '${REDIS_PASSWORD}' } })
       }`,
    )
    const server = start({ RTC_TOKEN_JWT_SECRET: '' }, ['--config', path])
    expect(await ask(await urlOf(server), undefined)).toMatchObject({ status: 500 })
    expect(await server.line('request.failed')).toMatchObject({ err: { message: 'store away' } })
    expectNoSecret(server.output())
  })

  it('logs a crash in a line, and nothing that hangs on its error', async () => {
    const path = await write(
      'crashing.mjs',
      `export const authenticate = () => {
         const error = Object.assign(new Error('broken'), { password: '${REDIS_PASSWORD}' })
         setImmediate(() => {
           throw error
         })
         return new Promise(() => {})
       }
       export const authorize = () => ({ allow: false })`,
    )
    const server = start({ RTC_TOKEN_JWT_SECRET: '' }, ['--config', path])
    await expect(ask(await urlOf(server), undefined)).rejects.toThrow()
    expect(await server.exited).toEqual({ code: 1, signal: null })
    expect(server.lines.at(-1)).toMatchObject({ type: 'server.crashed', level: 60 })
    expectNoSecret(server.output())
  })

  it('does not start with a module that says who asks and not what they may', async () => {
    const path = await write('half.mjs', `export const authenticate = () => ({ id: 'guest' })`)
    const variables = { ...TWO_VARIABLES, RTC_TOKEN_JWT_SECRET: '' }
    expect(await run(variables, '--config', path)).toEqual({
      code: 1,
      output: 'rtc-token-server: config file: authorize expected with authenticate\n',
    })
  })

  it('reads certificates and secrets from files', async () => {
    const certificate = await write('certificate', `${OTHER_CERTIFICATE}\n`)
    const secret = await write('secret', `${JWT_SECRET}\n`)
    const server = start({
      AGORA_PROJECT: '',
      AGORA_APP_ID: APP_ID,
      AGORA_APP_CERTIFICATE_FILE: certificate,
      RTC_TOKEN_JWT_SECRET: '',
      RTC_TOKEN_JWT_SECRET_FILE: secret,
    })
    const { body } = await ask(await urlOf(server), await jwt())
    const expected = { appId: APP_ID, appCertificate: OTHER_CERTIFICATE, channel: 'room-42' }
    expect(() => verifyToken(String(body['token']), expected)).not.toThrow()
  })

  it('does not start with nothing', async () => {
    expect(await run({})).toEqual({
      code: 1,
      output: expect.stringMatching(/^rtc-token-server: no project: AGORA_PROJECT=.*\n$/),
    })
  })

  it.each([
    ['no way to know who asks', { RTC_TOKEN_JWT_SECRET: '' }, /either RTC_TOKEN_JWT_SECRET or/],
    [
      'two ways to know who asks',
      { RTC_TOKEN_JWT_JWKS_URL: 'https://x.example/k' },
      /either RTC_TOKEN_JWT_SECRET or/,
    ],
    ['a short secret', { RTC_TOKEN_JWT_SECRET: 'short' }, /at least 32 characters expected, got/],
    [
      'a malformed project',
      { AGORA_PROJECT: `${APP_ID}:${APP_CERTIFICATE}0` },
      /^.*AGORA_PROJECT: "<App ID>:<App Certificate>" expected/,
    ],
    ['two projects', { AGORA_APP_ID: APP_ID }, /AGORA_PROJECT and AGORA_APP_ID are both set/],
    [
      'a misspelt variable',
      { RTC_TOKEN_JWT_ISSUERS: 'x' },
      /RTC_TOKEN_JWT_ISSUERS is not a setting; did you mean RTC_TOKEN_JWT_ISSUER\?/,
    ],
    ['a port that is none', { PORT: 'http' }, /PORT: integer 0 to 65535 expected/],
    [
      'a key set without issuer',
      { RTC_TOKEN_JWT_SECRET: '', RTC_TOKEN_JWT_JWKS_URL: 'https://x.example/k' },
      /RTC_TOKEN_JWT_ISSUER: expected with RTC_TOKEN_JWT_JWKS_URL/,
    ],
    [
      'headers of pages that may not ask',
      { RTC_TOKEN_CORS_ALLOW_HEADERS: 'apikey' },
      /RTC_TOKEN_CORS_ALLOW_HEADERS: expected only with RTC_TOKEN_CORS_ORIGINS/,
    ],
    [
      'what is no name of a header',
      {
        RTC_TOKEN_CORS_ORIGINS: 'https://app.example',
        RTC_TOKEN_CORS_ALLOW_HEADERS: 'apikey x-client-info',
      },
      /cors\.allowHeaders: names of headers expected/,
    ],
    [
      'a published certificate',
      { NEXT_PUBLIC_AGORA_CERT: APP_CERTIFICATE },
      /bundlers publish NEXT_PUBLIC_/,
    ],
  ])('does not start with %s', async (_what, env, reason) => {
    const { code, output } = await runHere({ ...TWO_VARIABLES, ...env })
    expect(code).toBe(1)
    expect(output).toMatch(/^rtc-token-server: .*\n$/)
    expect(output).toMatch(reason)
    expectNoSecret(output)
  })

  it('refuses a file with unknown members or secrets', async () => {
    const misspelt = await write('misspelt.json', '{"ttlMaximum":600}')
    expect(await runHere(TWO_VARIABLES, ['--config', misspelt])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/config file: only appId, .* expected, got ttlMaximum/),
    })
    const leaky = await write('leaky.json', `{"jwtSecret":"${JWT_SECRET}"}`)
    const { code, output } = await runHere(TWO_VARIABLES, ['--config', leaky])
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('the variable RTC_TOKEN_JWT_SECRET'),
    ])
    expectNoSecret(output)
    const broken = await write('broken.json', `{"jwtSecret":"${JWT_SECRET}`)
    expectNoSecret((await runHere(TWO_VARIABLES, ['--config', broken])).output)
  })

  it('refuses a published certificate beside a project of a module', async () => {
    const path = await write(
      'project.mjs',
      `export const project = { appId: '${APP_ID}', appCertificate: '${APP_CERTIFICATE}' }`,
    )
    const variables = { RTC_TOKEN_JWT_SECRET: JWT_SECRET, VITE_KEY: APP_CERTIFICATE }
    const { code, output } = await run(variables, '--config', path, '--check')
    expect([code, output]).toEqual([1, expect.stringMatching(/VITE_KEY holds a certificate/)])
    expectNoSecret(output)
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['AGORA_PROJECT', { AGORA_PROJECT: TWO_VARIABLES.AGORA_PROJECT }],
    ['AGORA_APP_CERTIFICATE', { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }],
  ])('refuses a file for the second certificate beside %s', async (_name, project) => {
    const AGORA_APP_CERTIFICATE_SECONDARY_FILE = await write('second', OTHER_CERTIFICATE)
    const variables = { RTC_TOKEN_JWT_SECRET: JWT_SECRET, ...project }
    expect(
      await runHere({ ...variables, AGORA_APP_CERTIFICATE_SECONDARY_FILE }, ['--check']),
    ).toMatchObject({
      code: 1,
      output: expect.stringContaining('expected only with AGORA_APP_CERTIFICATE_FILE'),
    })
  })

  it.each([
    ['AGORA_APP_CERTIFICATE_FILE', APP_CERTIFICATE],
    ['AGORA_APP_CERTIFICATE_SECONDARY_FILE', APP_CERTIFICATE],
    ['AGORA_PROJECT_FILE', TWO_VARIABLES.AGORA_PROJECT],
    ['RTC_TOKEN_JWT_SECRET_FILE', JWT_SECRET],
    ['REDIS_URL_FILE', `redis://:${REDIS_PASSWORD}@127.0.0.1:1`],
  ])('does not repeat a secret that is where %s expects a path', async (name, text) => {
    const { code, output } = await runHere({ AGORA_APP_ID: APP_ID, [name]: text })
    expect([code, output]).toEqual([1, expect.stringContaining(`rtc-token-server: ${name}: `)])
    expectNoSecret(output)
  })

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    expect(await run({ ...TWO_VARIABLES, PORT: port })).toEqual({
      code: 1,
      output: `rtc-token-server: RTC_TOKEN_HOST and PORT: cannot listen on port ${port} of 127.0.0.1 (EADDRINUSE)\n`,
    })
    other.close()
  })

  it('prints the settings as they hold, without secrets', async () => {
    const variables = {
      ...TWO_VARIABLES,
      AGORA_APP_CERTIFICATE_SECONDARY: OTHER_CERTIFICATE,
      REDIS_URL: `redis://app:${REDIS_PASSWORD}@redis.example:6379/2?password=${REDIS_PASSWORD}`,
      DRAIN_SECONDS: '4',
      RTC_TOKEN_TTL_MAX: '600',
    }
    const { code, output } = await run(variables, '--print-config')
    expect(code).toBe(0)
    expectNoSecret(output)
    expect(JSON.parse(output)).toMatchObject({
      projects: [
        {
          appIdTail: '…1b33',
          signer: '6ffeb987',
          verifiers: ['6ffeb987', fingerprint(OTHER_CERTIFICATE)],
        },
      ],
      settings: {
        AGORA_PROJECT: '[set]',
        AGORA_APP_ID: 'not set',
        AGORA_SIGN_WITH: 'primary',
        RTC_TOKEN_JWT_SECRET: '[set]',
        RTC_TOKEN_JWT_ISSUER: 'rtc-token',
        RTC_TOKEN_JWT_AUDIENCE: 'rtc-token-server',
        RTC_TOKEN_TTL_DEFAULT: 600,
        RTC_TOKEN_TTL_MAX: 600,
        RTC_TOKEN_CORS_ORIGINS: 'same origin only',
        RTC_TOKEN_METRICS_PORT: 'off',
        RTC_TOKEN_SERVICES: ['rtc'],
        REDIS_URL: 'redis://redis.example:6379/2',
        DRAIN_SECONDS: 4,
        PORT: 0,
      },
    })
  })

  it('prints what a module replaces as replaced, and nothing as null', async () => {
    const path = await write(
      'replacing.mjs',
      `export const ttl = { max: 600 }
       export const cors = { origins: ['https://app.example'] }
       export const port = 8080`,
    )
    const { output } = await run(TWO_VARIABLES, '--config', path, '--print-config')
    const { settings, options } = JSON.parse(output)
    expect(options).toEqual(['cors', 'ttl'])
    expect(settings).toMatchObject({
      RTC_TOKEN_TTL_DEFAULT: 'replaced by ttl of the config file',
      RTC_TOKEN_TTL_MAX: 'replaced by ttl of the config file',
      RTC_TOKEN_CORS_ORIGINS: 'replaced by cors of the config file',
      RTC_TOKEN_LIMIT_PER_IP: 60,
      PORT: 0,
    })
    expect(Object.values(settings)).not.toContain(null)
  })

  it.each(['policy.yaml', 'policy.tsx', 'settings.json5', 'prod.env'])(
    'says what a config file can be in place of %s',
    async (name) => {
      const path = await write(name, '{}')
      expect(await runHere(TWO_VARIABLES, ['--config', path])).toEqual({
        code: 1,
        output: `rtc-token-server: ${path}: JSON (.json) with settings or a module (.mjs, .js, .cjs; .ts and .mts from Node 22.18 on) expected\n`,
      })
    },
  )

  it.each(['policy.js', 'policy.cjs'])('takes a module %s', async (name) => {
    const path = await write(name, 'module.exports = { ttlMax: 90 }')
    const { output } = await run(TWO_VARIABLES, '--config', path, '--print-config')
    expect(output).toContain('"RTC_TOKEN_TTL_MAX": 90')
  })

  const readsTypeScript = 'typescript' in process.features
  it.each(['policy.ts', 'policy.mts'])(
    'takes %s where Node reads it, and says so elsewhere',
    async (name) => {
      const path = await write(name, 'export const ttlMax: number = 90')
      const { code, output } = await run(TWO_VARIABLES, '--config', path, '--print-config')
      if (readsTypeScript) expect(output).toContain('"RTC_TOKEN_TTL_MAX": 90')
      else {
        expect([code, output]).toEqual([
          1,
          expect.stringMatching(/does not read TypeScript; JSON .* expected\n$/),
        ])
      }
    },
  )

  it.skipIf(missingRuntime('node24'))('takes policy.ts on a Node that reads it', async () => {
    const path = await write('policy24.ts', 'export const ttlMax: number = 90')
    const node = findRuntime('node24')
    const args = ['--config', path, '--print-config']
    const { output } = await runProgram(installed.program, TWO_VARIABLES, args, node)
    expect(output).toContain('"RTC_TOKEN_TTL_MAX": 90')
  })

  it('says in one line that there is no such config file', async () => {
    for (const name of ['none.json', 'none.mjs']) {
      const { code, output } = await runHere(TWO_VARIABLES, ['--config', name])
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(`^rtc-token-server: ${name} cannot be read: ENOENT: .*\n$`),
      ])
    }
  })

  it('prints the URL of a key set without what may be secret in it', async () => {
    const shown = async (RTC_TOKEN_JWT_JWKS_URL: string) => {
      const { AGORA_PROJECT } = TWO_VARIABLES
      const names = { RTC_TOKEN_JWT_ISSUER: 'i', RTC_TOKEN_JWT_AUDIENCE: 'a' }
      const variables = { AGORA_PROJECT, ...names, RTC_TOKEN_JWT_JWKS_URL }
      const { output } = await runHere(variables, ['--print-config'])
      expectNoSecret(output)
      return JSON.parse(output).settings.RTC_TOKEN_JWT_JWKS_URL
    }
    const key = REDIS_PASSWORD
    expect(await shown(`https://app:${key}@id.example/keys?key=${key}#${key}`)).toBe(
      'https://id.example/keys',
    )
    expect(await shown(`app:${key}@id.example/keys`)).toBe('[not a URL]')
    expect(await shown(`${key}/keys`)).toBe('[not a URL]')
  })

  it('explains itself', async () => {
    expect((await run({}, '--version')).output).toMatch(/^\d+\.\d+\.\d+/)
    const { code, output } = await run({}, '--help')
    expect(code).toBe(0)
    expect(output).toContain('RTC_TOKEN_JWT_SECRET')
    expect(await run({}, '--chek')).toMatchObject({ code: 1 })
  })
})

describe('rtc-token-server without its optional peers', { timeout: 60_000 }, () => {
  it('names in one line what to install', async () => {
    const installed = await installServer([])
    const complaint = async (env: Readonly<Record<string, string>>) =>
      (await runProgram(installed.program, { ...TWO_VARIABLES, ...env })).output
    const lineOf = (purpose: string, peers: string) =>
      `rtc-token-server: ${purpose} need packages that are not installed: npm install ${peers}\n`
    try {
      expect(await complaint({})).toBe(lineOf('Logs', 'pino'))
      await installed.add('pino')
      expect(await complaint({})).toBe(lineOf('JWTs', 'jose'))
      expect(await complaint({ METRICS_PORT: '0' })).toBe(lineOf('Metrics', 'prom-client'))
      expect(await complaint({ RTC_TOKEN_TRACING: 'true' })).toBe(
        lineOf('Traces', '@opentelemetry/api'),
      )
      expect(await complaint({ REDIS_URL: 'redis://127.0.0.1:1' })).toBe(
        lineOf('Limits in Redis', 'ioredis rate-limiter-flexible'),
      )
    } finally {
      await installed.remove()
    }
  })
})
