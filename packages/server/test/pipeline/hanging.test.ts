import { describe, expect, it, vi } from 'vitest'

import { allow } from '../../src/policy/policy.ts'
import type { PlainReply } from '../../src/http/reply.ts'
import type { TokenHandler } from '../../src/token-handler.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { RING } from '../support/breakable-endpoint.ts'
import { PROJECT, testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

const TIMEOUT_MS = 20
// Far beyond every deadline, far below the patience of a test.
const GIVEN_UP_MS = 700

type Options = Partial<TokenHandlerOptions<User>>

const forever = new Promise<never>(() => {})
const { appId } = PROJECT

describe('a request whose server hangs', () => {
  it.each<[string, Options, string]>([
    ['in authenticate', { authenticate: () => forever }, 'policy_timeout'],
    ['in authorize', { authorize: () => forever }, 'policy_timeout'],
    ['in the first promise of many', { authorize: async () => forever }, 'policy_timeout'],
    ['in a required audit', { onEvent: () => forever, audit: 'required' }, 'policy_timeout'],
    [
      'in a limiter that must answer',
      {
        limits: { perIp: { consume: () => forever }, onStoreError: 'deny', timeoutMs: TIMEOUT_MS },
      },
      'limiter_unavailable',
    ],
  ])('is refused in time: %s', async (_name, options, code) => {
    const { reply, took } = await timed(options)
    expect(JSON.parse(reply!.body)).toMatchObject({ code, status: 503 })
    expect(reply!.headers['retry-after']).toBe('1')
    expect(reply!.body).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    expect(took).toBeLessThan(GIVEN_UP_MS)
  })

  it.each<[string, Options]>([
    ['in an audit that is not awaited', { onEvent: () => forever }],
    ['in onError', { onError: () => forever, onEvent: () => Promise.reject(new Error('full')) }],
    ['in a limiter', { limits: { perIp: { consume: () => forever }, timeoutMs: TIMEOUT_MS } }],
    [
      'in a verifier that only the audit asks for',
      { project: { appId, keys: { ...RING, verifiers: () => forever } }, onEvent: () => {} },
    ],
    ['in the telemetry', { telemetry: { phase: (_name, run) => run().then(() => forever) } }],
  ])('is granted all the same: %s', async (_name, options) => {
    expect((await timed(options)).reply).toMatchObject({ status: 200 })
  })

  it('is refused in time: in a signer', async () => {
    const project = { appId, keys: { ...RING, signer: () => forever } }
    expect((await timed({ project })).reply).toMatchObject({ status: 503 })
  })

  it('is refused in time: in a schema', async () => {
    const params = { '~standard': { version: 1, validate: () => forever } } as const
    expect((await timed({ params })).reply).toMatchObject({ status: 503 })
  })

  it('is told by readiness, in time', async () => {
    const keys = { ...RING, signer: () => forever }
    const { handler } = testEndpoint({ project: { appId, keys }, timeoutMs: TIMEOUT_MS })
    const answer = await Promise.race([handler.readiness(), after(100)])
    expect(answer).toMatchObject({ status: 'unready', keys: 'failing' })
  })
})

describe('a policy that answers too late', () => {
  it.each<[string, () => unknown]>([
    ['grants', () => allow()],
    ['throws', () => Promise.reject(new Error('too late'))],
  ])('signs nothing when it %s', async (_name, answer) => {
    const signer = vi.fn(() => RING.signer())
    let answerNow: (() => void) | undefined
    const late = new Promise<void>((resolve) => {
      answerNow = resolve
    })
    const { reply } = await timed({
      project: { appId, keys: { ...RING, signer } },
      authorize: async () => {
        await late
        return answer() as never
      },
    })
    answerNow?.()
    await after(TIMEOUT_MS)
    expect(reply).toMatchObject({ status: 503 })
    expect(signer).not.toHaveBeenCalled()
  })

  it('is told so by its signal', async () => {
    let signal: AbortSignal | undefined
    await timed({
      authorize: (ask) => {
        ;({ signal } = ask)
        return forever
      },
    })
    expect(signal).toMatchObject({ aborted: true })
    expect(String(signal?.reason)).toContain('authorize did not answer within 20 ms')
  })
})

describe('a body that does not end', () => {
  it('is given up, however slowly it comes', async () => {
    const { handler } = testEndpoint({ timeoutMs: TIMEOUT_MS })
    const body = new ReadableStream({
      pull: async (controller) => {
        await after(5)
        controller.enqueue(new Uint8Array([0x20]))
      },
    })
    const reply = await handler.respond(streamed(body))
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'body_timeout', retryable: true })
  })

  it('is not read beyond 8 KiB', async () => {
    const cancel = vi.fn()
    let sent = 0
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1024
        controller.enqueue(new Uint8Array(1024).fill(0x20))
      },
      cancel,
    })
    const reply = await testEndpoint().handler.respond(streamed(body))
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'body_too_large' })
    expect(sent).toBeLessThanOrEqual(11 * 1024)
    expect(cancel).toHaveBeenCalledOnce()
  })

  // readStream is left waiting for the next chunk when the deadline has passed.
  it('is cancelled when it is given up', async () => {
    const cancel = vi.fn()
    const { handler } = testEndpoint({ timeoutMs: TIMEOUT_MS })
    await handler.respond(streamed(new ReadableStream({ cancel })))
    await after(TIMEOUT_MS)
    expect(cancel).toHaveBeenCalledOnce()
  })
})

async function timed(
  options: Options,
): Promise<{ readonly reply: PlainReply | undefined; readonly took: number }> {
  const { handler } = testEndpoint({ timeoutMs: TIMEOUT_MS, ...options })
  const startedAt = performance.now()
  const reply = await Promise.race([respond(handler), after(GIVEN_UP_MS)])
  return { reply, took: performance.now() - startedAt }
}

function respond(handler: TokenHandler): Promise<PlainReply> {
  const body = { channel: 'room-42', uid: 7, params: { seat: 3 } }
  return handler.respond(tokenRequest(body), { ip: '203.0.113.7' })
}

function streamed(body: ReadableStream): Request {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer alice' }
  const init = { method: 'POST', headers, body, duplex: 'half' }
  return new Request('http://localhost/v1/tokens', init as RequestInit)
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms))
}
