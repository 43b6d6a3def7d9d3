import { createToken, rtc } from '@rtc-token/core'
import { describe, expect, it, vi } from 'vitest'

import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { allow } from '../../src/policy/policy.ts'
import {
  expectProblem,
  granted,
  NOW,
  PROJECT,
  testEndpoint,
  tokenRequest,
  type User,
} from '../support/token-endpoint.ts'
import { BROKEN, breakableEndpoint, fail, RING } from '../support/breakable-endpoint.ts'

describe('a broken policy', () => {
  it.each<[string, TokenHandlerOptions<User>['authorize']]>([
    ['throws', fail],
    ['rejects', () => Promise.reject(BROKEN)],
    ['rejects with nothing', () => Promise.reject()],
    ['says nothing', () => undefined as never],
    ['says true', () => true as never],
    ['says yes', () => 'allow' as never],
    ['says 1', () => ({ allow: 1 }) as never],
    ['says it in a list', () => [allow()] as never],
    ['gives a function', () => (() => allow()) as never],
    ['is called by another name', () => ({ allowed: true }) as never],
    ['denies with a code of its own', () => ({ allow: false, code: 'no' }) as never],
    ['denies with a code of success', () => ({ allow: false, code: 'toString' }) as never],
    ['denies with an object', () => ({ allow: false, detail: { a: 1 } }) as never],
    ['grants another channel', () => allow({ channel: 'room-43' })],
    ['grants any channel', () => allow({ channel: '*' })],
    ['grants uid 0', () => allow({ identity: { uid: 0 } })],
    ['grants any user', () => allow({ identity: { account: '*' } })],
    ['grants a blank account', () => allow({ identity: { account: '' } })],
    ['grants both kinds of user', () => allow({ identity: { uid: 1, account: '1' } as never })],
    ['grants no kind of user', () => allow({ identity: {} as never })],
    ['grants a user called NaN', () => allow({ identity: { uid: Number.NaN } })],
    ['grants the role host', () => allow({ role: 'host' as never })],
    ['grants a life of NaN', () => allow({ ttl: Number.NaN })],
    ['grants a life of null', () => allow({ ttl: null as never })],
    ['grants a life of 0', () => allow({ ttl: 0 })],
    ['grants a moment', () => allow({ ttl: NOW })],
    ['grants a service more', () => allow({ services: ['rtc', 'rtm'] })],
    ['grants no service', () => allow({ services: [] })],
    ['grants a privilege for ever', () => allow({ privileges: { joinChannel: 0 } })],
    ['grants a privilege of its own', () => allow({ privileges: { admin: 9 } as never })],
    ['names a project', () => allow({ project: 'other' })],
    ['asks for a wildcard', () => ({ allow: true, unsafe: true }) as never],
  ])('signs nothing when it %s', async (_name, authorize) => {
    const signer = vi.fn(() => RING.signer())
    const { handler, failures } = breakableEndpoint({ authorize }, { ...RING, signer })
    const problem = await expectProblem(handler, tokenRequest(), 'internal_error')
    expect(problem).not.toHaveProperty('detail')
    expect(failures).toHaveLength(1)
    expect(signer).not.toHaveBeenCalled()
  })

  it('cannot reach what is compared or signed through what it is given', async () => {
    const { handler } = testEndpoint({
      services: ['rtc', 'rtm'],
      authorize: (ask) => {
        vandalise(ask)
        return allow()
      },
    })
    const previousToken = createToken({
      ...PROJECT,
      issuedAt: NOW,
      ttl: 600,
      services: [rtc({ channel: 'room-42', uid: 1234, role: 'subscriber' })],
    })
    const reply = await granted(handler, tokenRequest({ previousToken, params: { a: { b: 1 } } }))
    expect(reply).toMatchObject({
      channel: 'room-42',
      uid: 1234,
      role: 'subscriber',
      services: ['rtc'],
      expiresIn: 3600,
    })
  })
})

/** Tries to change every value that can be reached from here. */
function vandalise(target: object, seen = new Set<object>()): void {
  for (const key of Object.keys(target)) {
    const value: unknown = Reflect.get(target, key)
    if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value)
      if (!(value instanceof AbortSignal)) vandalise(value, seen)
    }
    const worse = { role: 'publisher', ttl: 86_400, services: ['rtc', 'rtm'], uid: 1 } as const
    Reflect.set(target, key, Reflect.get(worse, key) ?? '*')
  }
}
