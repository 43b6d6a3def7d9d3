import { afterEach, describe, expect, it, vi } from 'vitest'

import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { deny } from '../../src/policy/policy.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { expectProblem, granted, NOW, tokenRequest, type User } from '../support/token-endpoint.ts'
import { BROKEN, breakableEndpoint, fail } from '../support/breakable-endpoint.ts'

describe('a limiter that fails', () => {
  it('lets requests pass, counted here, unless told to refuse', async () => {
    const policy = { name: 'ip', limit: 2, window: 60 }
    const perIp = { policy, consume: fail }
    const { handler } = breakableEndpoint({ limits: { perIp } })
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await handler.respond(tokenRequest(), { ip: '::1' })).status),
    )
    expect(statuses).toEqual([200, 200, 429])
  })

  it('refuses when told to, and tells its owner which limit it is', async () => {
    const { handler, failures } = breakableEndpoint({
      limits: { perSubject: { consume: fail }, onStoreError: 'deny' },
    })
    const { body } = await handler.respond(tokenRequest())
    expect(JSON.parse(body)).toMatchObject({ code: 'limiter_unavailable', status: 503 })
    expect(failures.map(({ error }) => error)).toEqual([
      expect.objectContaining({ limit: 'subject', cause: BROKEN }),
      expect.objectContaining({ limit: 'subject', cause: BROKEN }),
    ])
  })
})

describe('a limit by who asks', () => {
  const limits = () => ({ perSubject: memoryLimiter({ name: 'who', limit: 1, windowSeconds: 60 }) })
  const statuses = async ({ handler }: ReturnType<typeof breakableEndpoint>) => {
    const replies = [1, 2, 3].map(async () => (await handler.respond(tokenRequest())).status)
    return Promise.all(replies)
  }

  it.each([[{ id: 7 }], [{ sub: 7n }], [{ _id: 'alice' }], [7n], ['alice']])(
    'counts the subject %o',
    async (subject) => {
      const counting = breakableEndpoint({
        limits: limits(),
        authenticate: () => subject as unknown as User,
      })
      expect(await statuses(counting)).toEqual([200, 429, 429])
    },
  )

  const unnamed: readonly (readonly [unknown])[] = [
    [{ user: { id: 'alice' } }],
    [{ id: 2 ** 60 }],
    [['alice']],
    [true],
  ]

  it.each(unnamed)('tells once that it cannot count %o', async (subject) => {
    const open = breakableEndpoint({ limits: limits(), authenticate: () => subject as User })
    expect(await statuses(open)).toEqual([200, 200, 200])
    expect(open.failures).toHaveLength(1)
    expect(String(open.failures[0]!.error)).toMatch(/^Error: limits\.perSubject: .*give them an id/)
    expect(String(open.failures[0]!.error)).not.toContain('alice')
  })

  it.each(unnamed)('refuses %o when told to refuse what is not counted', async (subject) => {
    const authenticate = () => subject as User
    const closed = breakableEndpoint({
      limits: { ...limits(), onStoreError: 'deny' },
      authenticate,
    })
    await expectProblem(closed.handler, tokenRequest(), 'limiter_unavailable')
    expect(String(closed.failures[0]!.error)).toContain('limits.perSubject')
  })

  it('reports nothing where subjects are not limited', async () => {
    const authenticate = () => ({ user: 'alice' }) as unknown as User
    const unlimited = breakableEndpoint({ authenticate, limits: { onStoreError: 'deny' } })
    expect(await statuses(unlimited)).toEqual([200, 200, 200])
    expect(unlimited.failures).toEqual([])
  })
})

describe('a limit by address', () => {
  it('refuses who comes without one, when told to refuse what is not counted', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const { handler } = breakableEndpoint({ limits: { perIp, onStoreError: 'deny' } })
    await expectProblem(handler, tokenRequest(), 'limiter_unavailable')
    expect((await handler.respond(tokenRequest(), { ip: '::1' })).status).toBe(200)
  })
})

describe('limits whose stores hang', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    ['POST', '/v1/tokens'],
    ['GET', '/rtc/room-42/subscriber/uid/7'],
  ])('hold up %s %s for 250 ms, all of them together', async (method, path) => {
    vi.useFakeTimers()
    const consume = vi.fn(() => new Promise<never>(() => {}))
    const hanging = (name: string) => ({ policy: { name, limit: 9, window: 60 }, consume })
    const { handler } = breakableEndpoint({
      limits: { perIp: hanging('ip'), perSubject: hanging('s'), perChannel: hanging('c') },
      compat: { routes: 'agora-token-service' },
    })
    const replied = vi.fn()
    const request = tokenRequest(undefined, { method, path })
    const reply = handler.respond(request, { ip: '::1' }).then(replied)
    await vi.advanceTimersByTimeAsync(249)
    expect(replied).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(5)
    expect(replied).toHaveBeenCalledWith(expect.objectContaining({ status: 200 }))
    expect(consume).toHaveBeenCalledOnce()
    await reply
  })
})

describe('an audit that fails', () => {
  it('keeps the token back where it is required, and tells it to no hook', async () => {
    const event = vi.fn<(event: TokenEvent) => void>()
    const { handler, failures } = breakableEndpoint({
      onEvent: fail,
      audit: 'required',
      telemetry: { event },
    })
    const { status, body, headers } = await handler.respond(tokenRequest())
    expect(status).toBe(500)
    expect(body + JSON.stringify(headers)).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    expect(failures.map(({ error }) => error)).toContain(BROKEN)
    expect(event.mock.calls.flat().map(({ type }) => type)).not.toContain('token.issued')
  })

  it('costs no caller the token where it is not required', async () => {
    const { handler, failures } = breakableEndpoint({ onEvent: fail })
    await granted(handler, tokenRequest())
    expect(new Set(failures.map(({ error }) => error))).toEqual(new Set([BROKEN]))
  })

  it('is said once for each decision', async () => {
    const onEvent = vi.fn()
    const { handler } = breakableEndpoint({ onEvent, authorize: () => deny('renewal_refused') })
    await expectProblem(handler, tokenRequest(), 'renewal_refused')
    expect(onEvent.mock.calls).toMatchObject([[{ type: 'token.denied', code: 'renewal_refused' }]])
  })
})

describe('a clock that jumps', () => {
  it.each([
    ['no number', Number.NaN],
    ['beyond all time', Infinity],
    ['before all time', -Infinity],
    ['before 1970', -1000],
    ['beyond 32 bits', 2 ** 32 * 1000],
    ['beyond 32 bits at the end of the token', (2 ** 32 - 60) * 1000],
  ])('signs nothing when it says %s', async (_name, now) => {
    const { handler, failures } = breakableEndpoint({ clock: () => now, version: '006' })
    const { status, body } = await handler.respond(tokenRequest())
    expect({ status, body }).toMatchObject({ status: 500 })
    expect(failures).toHaveLength(1)
  })

  it('makes a previous token invalid rather than eternal', async () => {
    const previousToken = (await granted(breakableEndpoint({}).handler, tokenRequest())).token
    for (const now of [Number.NaN, -1, 0, NOW * 1000 - 3_600_000, NOW * 1000 + 86_400_000]) {
      const { status } = await breakableEndpoint({ clock: () => now }).handler.respond(
        tokenRequest({ previousToken }),
      )
      expect(status).toBeGreaterThanOrEqual(400)
    }
  })

  it('does not stop a limit when it is set back', async () => {
    const times = [NOW * 1000, 0, 0]
    const { handler } = breakableEndpoint({
      clock: () => times.shift() ?? 1000,
      limits: { perSubject: memoryLimiter({ name: 's', limit: 1, windowSeconds: 60 }) },
    })
    const first = await handler.respond(tokenRequest())
    const second = await handler.respond(tokenRequest())
    expect([first.status, second.status]).toEqual([200, 429])
  })
})
