import type { Authenticator } from './authenticator.ts'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { session } from './session.ts'

const REQUEST = new Request('http://localhost/', { headers: { cookie: 'sid=1' } })
const CONTEXT = { signal: new AbortController().signal }

describe('session', () => {
  it('finds the user by the request', async () => {
    const users = new Map([['sid=1', { id: 'alice' }]])
    const authenticate = session((request) => users.get(request.headers.get('cookie') ?? ''))
    expectTypeOf(authenticate).toEqualTypeOf<Authenticator<{ id: string }>>()
    expect(await authenticate(REQUEST, CONTEXT)).toEqual({ id: 'alice' })
    expect(await authenticate(new Request('http://localhost/'), CONTEXT)).toBeUndefined()
  })

  it.each([[null], [undefined]])('finds no subject where the function answers %s', async (user) => {
    expect(await session(async () => user)(REQUEST, CONTEXT)).toBe(user)
  })

  it.each([[true], [new Response(null, { status: 302 })]])('refuses %o', async (answer) => {
    await expect(session(() => answer)(REQUEST, CONTEXT)).rejects.toThrow(TypeError)
  })

  it('fails closed when the function throws', async () => {
    const down = session(() => {
      throw new Error('store is down')
    })
    await expect(down(REQUEST, CONTEXT)).rejects.toThrow('store is down')
  })

  it('takes nothing but a function', () => {
    expect(() => session(undefined as never)).toThrow(new TypeError('session: function expected'))
  })
})
