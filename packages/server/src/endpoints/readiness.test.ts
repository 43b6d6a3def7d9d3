import { describe, expect, it } from 'vitest'

import {
  expectProblem,
  PROJECT,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import { allow } from '../policy/policy.ts'

const down = (): never => {
  throw new Error('down')
}
const keyless = { appId: PROJECT.appId, keys: { signer: down, verifiers: down } }
const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })

describe('readiness', () => {
  it('is there when everything answers', async () => {
    const { handler } = testEndpoint({ limits: { perIp } })
    expect(await handler.readiness()).toEqual({ status: 'ready', keys: 'ok', limits: 'ok' })
  })

  it('is not there when one of several projects has no key', async () => {
    const { handler } = testEndpoint({ project: { eu: PROJECT, us: keyless } })
    expect(await handler.readiness()).toEqual({ status: 'unready', keys: 'failing', limits: 'ok' })
  })

  it.each<[string, RateLimiter['consume']]>([
    ['throws', down],
    ['answers rubbish', () => ({}) as never],
  ])('is there when a limiter %s, which the handler can do without', async (_what, consume) => {
    const { handler } = testEndpoint({ limits: { perIp: { consume } } })
    expect(await handler.readiness()).toEqual({ status: 'ready', keys: 'ok', limits: 'failing' })
  })

  it('is not there without a limiter, when the handler refuses what it cannot count', async () => {
    const { handler } = testEndpoint({
      limits: { perSubject: { consume: down }, onStoreError: 'deny' },
      health: true,
    })
    await expectProblem(handler, tokenRequest(), 'limiter_unavailable')
    const report = { status: 'unready', keys: 'ok', limits: 'failing' }
    expect(await handler.readiness()).toEqual(report)
    const ready = await handler.respond(tokenRequest('', { path: '/readyz', method: 'GET' }))
    expect(ready).toMatchObject({ status: 503, body: JSON.stringify(report) })
  })

  it('is there with a limiter that is needed and answers', async () => {
    const { handler } = testEndpoint({ limits: { perIp, onStoreError: 'deny' } })
    expect(await handler.readiness()).toEqual({ status: 'ready', keys: 'ok', limits: 'ok' })
  })

  it('is told by status, and the process is up all the same', async () => {
    const { handler } = testEndpoint({ project: keyless, health: true })
    const get = (path: string) => handler.respond(tokenRequest('', { path, method: 'GET' }))
    expect(await get('/readyz')).toMatchObject({ status: 503 })
    expect(await get('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' })
  })

  it('is not told where that is not wanted', async () => {
    for (const path of ['/readyz', '/healthz']) {
      await expectProblem(
        testEndpoint().handler,
        tokenRequest('', { path, method: 'GET' }),
        'not_found',
      )
    }
  })
})

describe('a handler on its way out', () => {
  it('says that it drains, and serves', async () => {
    const { handler } = testEndpoint({ health: true })
    handler.drain()
    expect(await handler.readiness()).toMatchObject({ status: 'draining' })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
    const ready = await handler.respond(tokenRequest('', { path: '/readyz', method: 'GET' }))
    expect(ready.status).toBe(503)
  })

  it('finishes what has begun and begins nothing more when it is closed', async () => {
    let answer: (() => void) | undefined
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    const { handler } = testEndpoint({
      compat: { routes: 'agora-token-service' },
      health: true,
      authorize: async () => {
        await asked
        return allow()
      },
    })
    const begun = handler.respond(tokenRequest())
    handler.close()
    await expectProblem(handler, tokenRequest(), 'draining')
    const old = tokenRequest('', { path: '/rtc/room-42/subscriber/uid/7', method: 'GET' })
    await expectProblem(handler, old, 'draining')
    answer?.()
    expect((await begun).status).toBe(200)
    const health = await handler.respond(tokenRequest('', { path: '/healthz', method: 'GET' }))
    expect(health.status).toBe(200)
    expect(await handler.readiness()).toMatchObject({ status: 'draining' })
  })
})
