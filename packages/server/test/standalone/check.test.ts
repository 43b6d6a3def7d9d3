import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { type InstalledServer, installServer } from './support/installed-server.ts'
import { runHere } from './support/run-here.ts'
import { APP_CERTIFICATE, JWT_SECRET, runProgram, TWO_VARIABLES } from './support/running-server.ts'

const REDIS_PASSWORD = 'a-password-of-redis'
const SECRETS = [APP_CERTIFICATE, JWT_SECRET, REDIS_PASSWORD]

const METRICS = { RTC_TOKEN_METRICS_PORT: '0' }

/** Where a start cannot listen, and the reason that has to be given. */
const CLOSED = [
  [
    'a host that does not exist',
    { RTC_TOKEN_HOST: 'no.such.host.invalid' },
    /RTC_TOKEN_HOST and PORT: cannot listen on port 0 of no\.such\.host\.invalid \(E/,
  ],
  [
    'an address of another machine',
    { RTC_TOKEN_HOST: '192.0.2.1' },
    /192\.0\.2\.1 \(EADDRNOTAVAIL\)/,
  ],
  [
    'such an address for metrics',
    { ...METRICS, RTC_TOKEN_METRICS_HOST: '192.0.2.1' },
    /RTC_TOKEN_METRICS_HOST and RTC_TOKEN_METRICS_PORT: cannot listen on port 0 of 192\.0\.2\.1/,
  ],
] as const

/** What a start refuses before it listens. */
const REFUSED = [
  [
    'the same port twice',
    { PORT: '34999', RTC_TOKEN_METRICS_PORT: '34999' },
    /PORT and RTC_TOKEN_METRICS_PORT: two different ports expected, got 34999 twice/,
  ],
  [
    'a default life above the longest',
    { RTC_TOKEN_TTL_DEFAULT: '601', RTC_TOKEN_TTL_MAX: '600' },
    /RTC_TOKEN_TTL_DEFAULT: at most RTC_TOKEN_TTL_MAX \(600\) expected, got 601/,
  ],
  [
    'a range of proxies that is none',
    { RTC_TOKEN_TRUST_PROXY: '10.0.0.0/33' },
    /RTC_TOKEN_TRUST_PROXY: /,
  ],
  ['an origin that is none', { RTC_TOKEN_CORS_ORIGINS: 'app.example' }, /app\.example/],
  ['a port out of range', { PORT: '65536' }, /PORT: integer 0 to 65535 expected/],
] as const

describe('rtc-token-server --check', () => {
  let installed: InstalledServer
  beforeAll(async () => {
    installed = await installServer()
  }, 30_000)
  afterAll(() => installed.remove())

  const run = async (env: Readonly<Record<string, string>>, ...args: string[]) => {
    const result = await runHere(env, args)
    for (const secret of SECRETS) expect(result.output).not.toContain(secret)
    return result
  }
  const start = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    runProgram(installed.program, env, args)
  const serve = async (answer: RequestListener) => {
    const server = createServer(answer).listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    await once(server, 'listening')
    const address = server.address()
    return { port: typeof address === 'object' ? Number(address?.port) : 0, server }
  }

  it('says what it has tried', async () => {
    const { code, output } = await start({ ...TWO_VARIABLES, ...METRICS }, '--check')
    expect([code, output.replaceAll(/\d+ can/g, '0 can')]).toEqual([
      0,
      [
        'ok   settings: are complete',
        'ok   keys: …1b33 signs with 6ffeb987',
        'ok   port: 0 can be opened',
        'ok   metrics port: 0 can be opened',
        '',
      ].join('\n'),
    ])
  })

  it.each(CLOSED)('refuses %s, as a start does', async (_what, env, reason) => {
    const variables = { ...TWO_VARIABLES, ...env }
    for (const { code, output } of [await run(variables, '--check'), await start(variables)]) {
      expect([code, output]).toEqual([1, expect.stringMatching(reason)])
    }
  })

  it.each(REFUSED)('refuses %s, as a start does before it listens', async (_what, env, reason) => {
    const variables = { ...TWO_VARIABLES, ...env }
    for (const { code, output } of [await run(variables, '--check'), await run(variables)]) {
      expect([code, output]).toEqual([1, expect.stringMatching(reason)])
    }
  })

  it('ends with 1 where something fails', async () => {
    const { code, output } = await start(
      { ...TWO_VARIABLES, RTC_TOKEN_HOST: '192.0.2.1' },
      '--check',
    )
    expect([code, output]).toEqual([1, expect.stringContaining('FAIL port: ')])
  })

  it('only notes a port that is taken: the server may run', async () => {
    const { port } = await serve(() => {})
    const { code, output } = await run({ ...TWO_VARIABLES, PORT: String(port) }, '--check')
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(
        `note port: RTC_TOKEN_HOST and PORT: cannot listen on port ${port} of 127.0.0.1 (EADDRINUSE)\n`,
      ),
    ])
  })

  it('refuses one port under two names, as a start does', async () => {
    const { port, server } = await serve(() => {})
    server.close()
    await once(server, 'close')
    const env = {
      ...TWO_VARIABLES,
      PORT: String(port),
      RTC_TOKEN_METRICS_PORT: String(port),
      RTC_TOKEN_METRICS_HOST: '127.1',
    }
    const reason = `cannot listen on port ${port} of 127.1 (EADDRINUSE)`
    const checked = await run(env, '--check')
    const started = await start(env)
    expect([checked.code, started.code]).toEqual([1, 1])
    expect(started.output).toContain(reason)
    expect(checked.output).toContain(
      `FAIL metrics port: RTC_TOKEN_METRICS_HOST and RTC_TOKEN_METRICS_PORT: ${reason}`,
    )
  })

  it('notes what the log of a start would say', async () => {
    const { code, output } = await run(
      {
        ...TWO_VARIABLES,
        WEB_CONCURRENCY: '2',
        METRICS_PORT: 'tcp://10.0.0.7:1',
        RTC_TOKEN_COLOUR: 'x',
        RTC_TOKEN_CORS_ORIGINS: '*',
      },
      '--check',
    )
    expect(code).toBe(0)
    const notes = output.split('\n').filter((line) => line.startsWith('note '))
    expect(notes).toEqual([
      expect.stringMatching(/^note variable_unknown: .*RTC_TOKEN_COLOUR$/),
      expect.stringMatching(/^note cors_any_origin: /),
      expect.stringMatching(/^note ignored, this is one process.*: WEB_CONCURRENCY$/),
      expect.stringMatching(/^note ignored, set by Kubernetes.*: METRICS_PORT$/),
    ])
  })

  it('says that Redis does not answer', async () => {
    const REDIS_URL = `redis://:${REDIS_PASSWORD}@127.0.0.1:1/0`
    const { code, output } = await run({ ...TWO_VARIABLES, REDIS_URL }, '--check')
    expect([code, output]).toEqual([1, expect.stringContaining('FAIL Redis: does not answer')])
  })

  const keySet = (port: number) => ({
    AGORA_PROJECT: TWO_VARIABLES.AGORA_PROJECT,
    RTC_TOKEN_JWT_JWKS_URL: `http://127.0.0.1:${port}/keys`,
    RTC_TOKEN_JWT_ISSUER: 'i',
    RTC_TOKEN_JWT_AUDIENCE: 'a',
  })

  it('reads the key set', async () => {
    const { port } = await serve((_req, res) => void res.end('{"keys":[{"kty":"RSA"}]}'))
    const { code, output } = await run(keySet(port), '--check')
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`ok   key set: is at 127.0.0.1:${port}\n`),
    ])
  })

  it.each<[string, RequestListener, string]>([
    [
      'redirects',
      (_req, res) => void res.writeHead(302, { location: '/other' }).end(),
      'status 200',
    ],
    ['is empty', (_req, res) => void res.end('{"keys":[]}'), '1 to 64 keys expected, got 0'],
    ['is none', (_req, res) => void res.end('{"key":1}'), 'a key set expected'],
    ['is not there', (_req, res) => void res.writeHead(404).end(), 'status 200 expected, got 404'],
    ['is too large', (_req, res) => void res.end('x'.repeat(1 << 20)), 'at most 524288 bytes'],
    ['breaks off', (_req, res) => void res.destroy(), 'UND_ERR_SOCKET'],
  ])('refuses a key set that %s', async (_what, answer, reason) => {
    const { port } = await serve(answer)
    const { code, output } = await run(keySet(port), '--check')
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(`FAIL key set: cannot be read at 127.0.0.1:${port}: .*${reason}`),
    ])
  })

  it.each([
    ['a secret', '{"kty":"oct","k":"AAAA"}'],
    ['a key for encryption', '{"kty":"RSA","use":"enc"}'],
  ])('refuses a key set of %s alone, which verifies nothing', async (_, key) => {
    const { port } = await serve((_req, res) => void res.end(`{"keys":[${key}]}`))
    const { code, output } = await run(keySet(port), '--check')
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(
        `FAIL key set: has no public key for signatures at 127.0.0.1:${port}`,
      ),
    ])
  })

  it('says why a key set cannot be reached', async () => {
    const { port, server } = await serve(() => {})
    server.close()
    await once(server, 'close')
    const { code, output } = await run(keySet(port), '--check')
    expect([code, output]).toEqual([1, expect.stringMatching(/cannot be read at .*: ECONNREFUSED/)])
  })
})
