import { type Authenticator, firstOf } from './authenticator.ts'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import { sharedSecret } from './shared-secret.ts'

const REQUEST = new Request('http://localhost/')
const CONTEXT = { ip: '192.0.2.1', signal: new AbortController().signal }
const nobody: Authenticator<{ guest: true }> = () => null

describe('firstOf', () => {
  it('answers with the first subject that is found, and asks no further', async () => {
    const alice = { id: 'alice' }
    const last = vi.fn(() => ({ id: 'bob' }))
    expect(await firstOf(nobody, async () => alice, last)(REQUEST, CONTEXT)).toBe(alice)
    expect(last).not.toHaveBeenCalled()
  })

  it('passes on request and context', async () => {
    const first = vi.fn(() => null)
    await firstOf(first, nobody)(REQUEST, CONTEXT)
    expect(first).toHaveBeenCalledWith(REQUEST, CONTEXT)
  })

  it('finds no subject when no authenticator does', async () => {
    expect(await firstOf(nobody, () => undefined, nobody)(REQUEST, CONTEXT)).toBeNull()
  })

  it.each([
    () => {
      throw new Error('down')
    },
    () => Promise.reject(new Error('down')),
  ])('fails closed when one throws', async (broken) => {
    const last = vi.fn(() => ({ id: 'bob' }))
    await expect(firstOf(broken, last)(REQUEST, CONTEXT)).rejects.toThrow('down')
    expect(last).not.toHaveBeenCalled()
  })

  it('knows the types of all subjects', () => {
    const backend = sharedSecret({ secrets: ['x'.repeat(32)], subject: { id: 'backend' } })
    expectTypeOf(firstOf(nobody, backend)).toEqualTypeOf<
      Authenticator<{ guest: true } | { id: string }>
    >()
  })

  it.each([[[]], [[undefined]], [[nobody, {}]]])('stops the start at %o', (list) => {
    expect(() => firstOf(...(list as never[]))).toThrow(TypeError)
  })
})
