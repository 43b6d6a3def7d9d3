import { format } from 'node:util'

import { PROBLEM_STATUS, type ProblemCode } from '@rtc-token/core/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { HOSTILE } from '../../test/support/hostile-throws.ts'
import { PROJECT, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { certificateKeys } from '../keys/certificate-keys.ts'
import type { PlainReply } from '../http/reply.ts'
import { createTokenHandler, type TokenHandler } from '../token-handler.ts'

type Options = NonNullable<Parameters<typeof testEndpoint>[0]>

/** Every place where a handler calls what is not its own. */
const HOOKS: Readonly<Record<string, (hook: () => never) => Options>> = {
  authenticate: (hook) => ({ authenticate: hook }),
  authorize: (hook) => ({ authorize: hook }),
  'cors.origins': (hook) => ({ cors: { origins: hook } }),
  clock: (hook) => ({ clock: hook, onEvent: () => {} }),
  random: (hook) => ({ random: hook }),
  onEvent: (hook) => ({ onEvent: hook }),
  'a required onEvent': (hook) => ({ onEvent: hook, audit: 'required' }),
  'telemetry.request': (hook) => ({ telemetry: { request: hook } }),
  'telemetry.phase': (hook) => ({ telemetry: { phase: hook } }),
  'telemetry.event': (hook) => ({ telemetry: { event: hook } }),
  'limits.perIp': (hook) => ({ limits: { perIp: { consume: hook } } }),
  'the limits of a caller': (hook) => ({
    limits: { perSubject: { consume: hook }, onStoreError: 'deny' },
  }),
  'params.validate': (hook) => ({
    params: { '~standard': { version: 1, vendor: 'test', validate: hook } },
  }),
  'keys.signer': (hook) => ({
    project: {
      appId: PROJECT.appId,
      keys: { ...certificateKeys(PROJECT.appCertificate), signer: hook },
    },
  }),
}

// A clock or random that returns a promise fails at the first request, since a promise is not a number.
const MAY_REJECT = Object.entries(HOOKS).filter(([name]) => name !== 'clock' && name !== 'random')

describe.each(Object.entries(HOOKS))('a handler whose %s throws', (_hook, optionsWith) => {
  it.each(HOSTILE)('answers, be it %s', async (_name, thrown) => {
    const hook = (): never => {
      throw thrown
    }
    const { handler } = testEndpoint({ ...optionsWith(hook), onError: hook })
    expectAnswer(await ask(handler))
  })
})

describe.each(MAY_REJECT)('a handler whose %s rejects', (_hook, optionsWith) => {
  it.each(HOSTILE)('answers, be it with %s', async (_name, thrown) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is what is tested
    const hook = (): never => Promise.reject(thrown) as never
    const { handler } = testEndpoint({ ...optionsWith(hook), onError: hook })
    expectAnswer(await ask(handler))
  })
})

describe('a handler whose context or request throws', () => {
  const fails = (): never => {
    throw new Error('hostile')
  }
  const failing = new Proxy({}, { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails })

  it.each<[string, Parameters<TokenHandler['respond']>]>([
    ['a request all of which throws', [failing as Request]],
    ['a request that is none', [undefined as never]],
    ['a URL that throws', [Object.defineProperty(tokenRequest(), 'url', { get: fails })]],
    ['headers that throw', [Object.defineProperty(tokenRequest(), 'headers', { get: fails })]],
    ['a method that throws', [Object.defineProperty(tokenRequest(), 'method', { get: fails })]],
    ['a signal that throws', [Object.defineProperty(tokenRequest(), 'signal', { get: fails })]],
    ['a context all of which throws', [tokenRequest(), failing]],
    ['a context that is none', [tokenRequest(), null as never]],
    ['a body that throws', [tokenRequest(), { readBody: fails }]],
    ['a body that rejects', [tokenRequest(), { readBody: async () => fails() }]],
    ['a caller of whom nothing is known', [tokenRequest(), { isGone: fails }]],
    ['a target that is no text', [tokenRequest(), { target: {} as string }]],
    ['a host that is no text', [tokenRequest(), { host: 7 as never }]],
  ])('answers %s', async (_name, [request, context]) => {
    const { handler } = testEndpoint({ telemetry: { request: (_info, run) => run() } })
    expectAnswer(await handler.respond(request, context))
    expect((await handler.fetch(request, context)).status).toBeGreaterThanOrEqual(200)
  })

  it('answers where a host cannot keep alive what follows the reply', async () => {
    const { handler } = testEndpoint({ onEvent: () => {} })
    expectAnswer(await handler.respond(tokenRequest('x'), { waitUntil: fails }))
  })

  it('answers where there are no random numbers for an id', async () => {
    vi.spyOn(crypto, 'randomUUID').mockImplementation(fails)
    const reply = await testEndpoint().handler.respond(tokenRequest('x'))
    expect(reply).toMatchObject({ status: 400, headers: { 'x-request-id': 'unknown' } })
  })
})

describe('a failure that cannot be told otherwise', () => {
  it.each(HOSTILE)('reaches onError as it is, be it %s', async (_name, thrown) => {
    const { handler, failures } = testEndpoint({
      authorize: () => {
        throw thrown
      },
    })
    await handler.respond(tokenRequest())
    // Not by toEqual, which would read it.
    expect(failures.map(({ error }) => error === thrown)).toEqual([true])
  })

  it('keeps a refusal whose event cannot be written', async () => {
    const broken = new Error('the clock is broken')
    const { handler, failures } = testEndpoint({
      onEvent: () => {},
      clock: () => {
        throw broken
      },
    })
    const { status } = await handler.respond(tokenRequest('x', { headers: { authorization: '' } }))
    expect(status).toBe(401)
    expect(failures).toMatchObject([{ error: broken }])
  })

  it.each(HOSTILE)('is printed where there is no onError, be it %s', async (_name, thrown) => {
    // As the console does, but for the printing itself.
    const print = vi.spyOn(console, 'error').mockImplementation((...args) => void format(...args))
    const handler = createTokenHandler({
      project: PROJECT,
      authenticate: () => 'alice',
      authorize: () => {
        throw thrown
      },
    })
    await handler.respond(tokenRequest())
    const label = expect.stringMatching(/^\[rtc-token\] request [\w-]{36}:$/)
    expect(print.mock.calls.at(-1)?.[0]).toEqual(label)
    expect(print.mock.results.at(-1)?.type).toBe('return')
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

function ask(handler: TokenHandler): Promise<PlainReply> {
  const headers = { origin: 'https://app.example' }
  return handler.respond(tokenRequest(undefined, { headers }), { ip: '203.0.113.7' })
}

function expectAnswer({ status, headers, body }: PlainReply): void {
  const { code, token } = JSON.parse(body) as { readonly code?: string; readonly token?: string }
  if (token === undefined) expect(status).toBe(PROBLEM_STATUS[code as ProblemCode])
  else expect(status).toBe(200)
  expect(headers['x-request-id']).toMatch(/^[\w-]{7,36}$/)
}
